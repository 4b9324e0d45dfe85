package io.github.camellva.tools.record;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * A node's connection and the one to the extension that belongs to it: what one side sends, the other gets, and each session is
 * heard on the way. Neither side is read faster than the other one takes it. For the event loop of both.
 */
final class RelayedConnection {

    private static final CharSequence SESSION = "/" + MediaGraphExtensionGrpc.getProcessMediaStreamMethod().getFullMethodName();
    private static final CharSequence ENCODING = "grpc-encoding";
    /** Larger chunks cost fewer calls for each frame; who has little to say gets smaller ones. */
    private static final AdaptiveRecvByteBufAllocator CHUNKS = new AdaptiveRecvByteBufAllocator(1 << 10, 1 << 16, 1 << 18);
    /** A peer that takes nothing any more does not keep its connection for ever. */
    private static final int LINGER_SECONDS = 5;

    private final Channel node;
    private final CallHeaders callHeaders;
    private final Function<String, @Nullable SessionTap> taps;
    /** By their stream. */
    private final Map<Integer, SessionTap> sessions = new HashMap<>();

    /** @param taps hears another session of a node, by its address; null if it is not to be heard */
    RelayedConnection(Channel node, CallHeaders callHeaders, Function<String, @Nullable SessionTap> taps) {
        this.node = node;
        this.callHeaders = callHeaders;
        this.taps = taps;
    }

    /** Begins to relay. Both channels have one event loop, and neither has been read. */
    void start(Channel extension) throws Http2Exception {
        NodeSide nodeSide = new NodeSide(extension);
        extension.pipeline().addLast(new ExtensionSide());
        node.pipeline().addLast(nodeSide);
        node.config().setRecvByteBufAllocator(CHUNKS);
        extension.config().setRecvByteBufAllocator(CHUNKS);
        node.config().setAutoRead(true);
        extension.config().setAutoRead(true);
    }

    /** There is no extension: to the node that is a session that has ended at once. */
    void refuse(String reason) {
        SessionTap tap = taps.apply(nodeAddress());
        if (tap != null) {
            tap.ended(Status.UNAVAILABLE.withDescription(reason));
        }
        node.close();
    }

    /** Ends all sessions, and the connections with them. */
    void end(Status status) {
        sessions.values().forEach(tap -> tap.ended(status));
        sessions.clear();
        node.close();
    }

    /** The same, from any thread. */
    void endSoon(Status status) {
        node.eventLoop().execute(() -> end(status));
    }

    private void ended(int stream, Status status) {
        SessionTap tap = sessions.remove(stream);
        if (tap != null) {
            tap.ended(status);
        }
    }

    private String nodeAddress() {
        return node.remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(node.remoteAddress());
    }

    /** A few bytes must not keep a large buffer while they wait for somebody. */
    private static ByteBuf compact(ByteBuf chunk) {
        if (chunk.readableBytes() > chunk.capacity() / 4) {
            return chunk;
        }
        try {
            return chunk.copy();
        } finally {
            chunk.release();
        }
    }

    /** Sends what is left, as long as the peer takes it. */
    private static void closeAfterwards(Channel channel) {
        if (channel.eventLoop().isShuttingDown()) {
            channel.close();
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    /** One of the two channels. */
    private abstract class Side extends ChannelInboundHandlerAdapter implements FrameParser.Listener, StreamFrames.Listener {

        final Channel other;
        final StreamFrames streamFrames = new StreamFrames(this);
        private final FrameParser parser;
        private final Status gone;

        /** @param gone how sessions end when this side is closed */
        Side(Channel other, FrameParser.Start start, Status gone) throws Http2Exception {
            this.other = other;
            this.parser = new FrameParser(start, this);
            this.gone = gone;
        }

        abstract SessionTap.Side heard(SessionTap tap);

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf chunk = compact((ByteBuf) message);
            try {
                if (node.isActive()) {
                    parser.read(context, chunk);
                }
            } catch (Http2Exception e) {
                end(Status.INTERNAL.withDescription("the recorder cannot read this as HTTP/2: " + e.getMessage()));
            } finally {
                chunk.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            other.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            other.config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(gone);
            closeAfterwards(other);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }

        @Override
        public void pass(ByteBuf chunk, int from, int length) {
            other.write(chunk.retainedSlice(from, length));
        }

        @Override
        public void data(int stream, ByteBuf chunk, int from, int length) {
            SessionTap tap = sessions.get(stream);
            if (tap != null) {
                heard(tap).data(chunk, from, length);
            }
        }
    }

    /** What the node sends. Its calls are readdressed; all else goes on as it came. */
    private final class NodeSide extends Side {

        private final DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter();

        NodeSide(Channel extension) throws Http2Exception {
            super(extension, FrameParser.Start.PREFACE, Status.CANCELLED.withDescription("the node has closed the connection"));
            // right for every extension, whatever table it would keep
            writer.headersConfiguration().maxHeaderTableSize(0);
        }

        @Override
        SessionTap.Side heard(SessionTap tap) {
            return tap.node();
        }

        @Override
        public void streamFrames(ChannelHandlerContext context, ByteBuf frames) throws Http2Exception {
            streamFrames.read(context, frames);
        }

        @Override
        public void headers(int stream, Http2Headers headers, boolean endOfStream) {
            if (headers.path() != null) {
                begin(stream, headers);
                callHeaders.readdress(headers);
            }
            ChannelHandlerContext extension = other.pipeline().lastContext();
            writer.writeHeaders(extension, stream, headers, 0, endOfStream, extension.newPromise());
        }

        @Override
        public void reset(int stream, long code) {
            ChannelHandlerContext extension = other.pipeline().lastContext();
            writer.writeRstStream(extension, stream, code, extension.newPromise());
            ended(stream, SessionEnd.ofNodesReset());
        }

        private void begin(int stream, Http2Headers headers) {
            if (AsciiString.contentEquals(headers.path(), SESSION) && !sessions.containsKey(stream)) {
                SessionTap tap = taps.apply(nodeAddress());
                if (tap != null) {
                    tap.node().encoding(headers.get(ENCODING));
                    sessions.put(stream, tap);
                }
            }
        }
    }

    /** What the extension sends: all of it goes on as it came. */
    private final class ExtensionSide extends Side {

        ExtensionSide() throws Http2Exception {
            super(node, FrameParser.Start.FRAME, Status.UNAVAILABLE.withDescription("the extension has closed the connection"));
        }

        @Override
        SessionTap.Side heard(SessionTap tap) {
            return tap.extension();
        }

        @Override
        public void streamFrames(ChannelHandlerContext context, ByteBuf frames) throws Http2Exception {
            other.write(frames.copy());
            streamFrames.read(context, frames);
        }

        @Override
        public void headers(int stream, Http2Headers headers, boolean endOfStream) {
            SessionTap tap = sessions.get(stream);
            if (tap == null) {
                return;
            }
            Status end = SessionEnd.of(headers, endOfStream);
            if (end == null) {
                tap.extension().encoding(headers.get(ENCODING));
            } else {
                ended(stream, end);
            }
        }

        @Override
        public void reset(int stream, long code) {
            ended(stream, SessionEnd.ofExtensionsReset(code));
        }
    }
}
