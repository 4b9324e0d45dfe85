package io.github.camellva.tools.record;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2CodecUtil;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameReader;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;

/** Reads the frames that are about a whole stream. Decoding headers depends on all that came before. For one thread. */
final class StreamFrames {

    private static final int MAX_HEADER_LIST_BYTES = 1 << 16;
    private static final int MAX_HEADER_TABLE_BYTES = 1 << 16;

    private final Http2FrameReader reader = new DefaultHttp2FrameReader(
            new DefaultHttp2HeadersDecoder(false, MAX_HEADER_LIST_BYTES));
    private final Http2FrameAdapter adapter;

    /** Hears what is in them. */
    interface Listener {

        void headers(int stream, Http2Headers headers, boolean endOfStream);

        void reset(int stream, long code);
    }

    StreamFrames(Listener listener) throws Http2Exception {
        // whatever the two sides have agreed upon, as long as it can be borne
        reader.configuration().frameSizePolicy().maxFrameSize(Http2CodecUtil.MAX_FRAME_SIZE_UPPER_BOUND);
        reader.configuration().headersConfiguration().maxHeaderTableSize(MAX_HEADER_TABLE_BYTES);
        adapter = new Adapter(listener);
    }

    /** Reads whole frames. */
    void read(ChannelHandlerContext context, ByteBuf frames) throws Http2Exception {
        while (frames.isReadable()) {
            reader.readFrame(context, frames, adapter);
        }
    }

    /** Leaves out what is of no interest here: padding, and priorities, which HTTP/2 has given up. */
    private static final class Adapter extends Http2FrameAdapter {

        private final Listener listener;

        Adapter(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean endOfStream) {
            listener.headers(stream, headers, endOfStream);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int dependency, short weight,
                boolean exclusive, int padding, boolean endOfStream) {
            listener.headers(stream, headers, endOfStream);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
            listener.reset(stream, code);
        }
    }
}
