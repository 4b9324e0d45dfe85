package io.github.camellva.tools.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2CodecUtil;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Flags;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameTypes;
import org.junit.jupiter.api.Test;

/** However the bytes are cut, the frames are found, and all bytes go on in their order. */
class FrameParserTest {

    private static final short PADDED = Http2Flags.PADDED;
    private static final short END_HEADERS = Http2Flags.END_HEADERS;

    private final ByteBuf sent = Unpooled.buffer();

    @Test
    void framesAreFoundHoweverTheBytesAreCut() throws Exception {
        sent.writeBytes(Http2CodecUtil.connectionPrefaceBuf());
        frame(Http2FrameTypes.SETTINGS, 0, 0, new byte[12]);
        frame(Http2FrameTypes.HEADERS, 0, 1, "first".getBytes(StandardCharsets.US_ASCII));
        frame(Http2FrameTypes.CONTINUATION, END_HEADERS, 1, "second".getBytes(StandardCharsets.US_ASCII));
        frame(Http2FrameTypes.DATA, 0, 1, "unpadded ".getBytes(StandardCharsets.US_ASCII));
        frame(Http2FrameTypes.DATA, 0, 1, new byte[0]);
        frame(Http2FrameTypes.DATA, PADDED, 1, "\3paddedxxx".getBytes(StandardCharsets.US_ASCII));
        frame(Http2FrameTypes.WINDOW_UPDATE, 0, 0, new byte[4]);
        frame(Http2FrameTypes.DATA, 0, 3, "other".getBytes(StandardCharsets.US_ASCII));
        frame(Http2FrameTypes.RST_STREAM, 0, 1, new byte[] { 0, 0, 0, 8 });
        frame(Http2FrameTypes.DATA, PADDED, 3, new byte[] { 4, 0, 0, 0, 0 });
        frame(Http2FrameTypes.DATA, 0, 3, " end".getBytes(StandardCharsets.US_ASCII));

        for (int size = 1; size <= sent.readableBytes(); size++) {
            Heard heard = hear(size);
            assertThat(heard.data.toString()).as("cut into %d", size).isEqualTo("1:unpadded padded3:other end");
            assertThat(heard.streamFrames).isEqualTo(2);
            assertThat(ByteBufUtil.equals(heard.passed, sent)).as("cut into %d", size).isTrue();
        }
    }

    @Test
    void whatIsNotHttp2IsToldAtItsFirstByte() {
        sent.writeBytes("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> hear(100)).isInstanceOf(Http2Exception.class).hasMessageContaining("does not begin as HTTP/2");
    }

    @Test
    void headersWithoutEndAreNotHeldForEver() {
        sent.writeBytes(Http2CodecUtil.connectionPrefaceBuf());
        frame(Http2FrameTypes.HEADERS, 0, 1, new byte[100]);
        for (int i = 0; i < 20; i++) {
            frame(Http2FrameTypes.CONTINUATION, 0, 1, new byte[10_000]);
        }
        assertThatThrownBy(() -> hear(1000)).isInstanceOf(Http2Exception.class).hasMessageContaining("headers of more than");
    }

    private Heard hear(int size) throws Http2Exception {
        Heard heard = new Heard();
        FrameParser parser = new FrameParser(FrameParser.Start.PREFACE, heard);
        for (int at = 0; at < sent.readableBytes(); at += size) {
            parser.read(null, sent.slice(at, Math.min(size, sent.readableBytes() - at)));
        }
        return heard;
    }

    private void frame(int type, int flags, int stream, byte[] payload) {
        sent.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream).writeBytes(payload);
    }

    /** Passes on what is held, as a relay that changes nothing. */
    private static final class Heard implements FrameParser.Listener {

        private final ByteBuf passed = Unpooled.buffer();
        private final StringBuilder data = new StringBuilder();
        private int lastStream;
        private int streamFrames;

        @Override
        public void pass(ByteBuf chunk, int from, int length) {
            passed.writeBytes(chunk, from, length);
        }

        @Override
        public void streamFrames(ChannelHandlerContext context, ByteBuf frames) {
            passed.writeBytes(frames);
            streamFrames++;
        }

        @Override
        public void data(int stream, ByteBuf chunk, int from, int length) {
            if (stream != lastStream) {
                data.append(stream).append(":");
                lastStream = stream;
            }
            data.append(chunk.toString(from, length, StandardCharsets.US_ASCII));
        }
    }
}
