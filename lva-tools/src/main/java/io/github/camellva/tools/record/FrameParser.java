package io.github.camellva.tools.record;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2CodecUtil;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Flags;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameTypes;

/**
 * Finds the frames of HTTP/2 in what one side sends, however it is cut. Netty's own reader wants each frame whole, which costs
 * a copy; here data passes as it comes, and only frames about a whole stream are held until they are complete. For one thread.
 */
final class FrameParser {

    private static final int HEAD_BYTES = 9;
    /** Of a header block with all its continuations. */
    private static final int MAX_HELD_BYTES = 1 << 17;

    private final Listener listener;
    /** What is left of it. */
    private final ByteBuf preface;
    /** Frames, or the beginning of one, that have not been passed on. */
    private final ByteBuf held = Unpooled.buffer(HEAD_BYTES, MAX_HELD_BYTES);
    private int currentHeld;
    private int stream;
    private boolean padLengthComes;
    private int data;
    /** Padding, and what other frames have. */
    private int rest;

    /** What a side begins with. */
    enum Start {
        /** The node's. */
        PREFACE,
        /** The extension's. */
        FRAME
    }

    /** Hears what is in the bytes. */
    interface Listener {

        /** These go on as they came. */
        void pass(ByteBuf chunk, int from, int length);

        /** A header block with its continuations, or the reset of a stream: whole frames, which have not been passed on. */
        void streamFrames(ChannelHandlerContext context, ByteBuf frames) throws Http2Exception;

        /** A part of a stream's data, which is passed on afterwards. */
        void data(int stream, ByteBuf chunk, int from, int length);
    }

    FrameParser(Start start, Listener listener) {
        this.listener = listener;
        this.preface = start == Start.PREFACE ? Http2CodecUtil.connectionPrefaceBuf() : Unpooled.EMPTY_BUFFER;
    }

    /** Reads all of a chunk. */
    void read(ChannelHandlerContext context, ByteBuf chunk) throws Http2Exception {
        int passed = chunk.readerIndex();
        while (chunk.isReadable()) {
            if (preface.isReadable()) {
                readPreface(chunk.readByte());
            } else if (padLengthComes) {
                readPadLength(chunk.readUnsignedByte());
            } else if (data > 0) {
                int length = Math.min(data, chunk.readableBytes());
                listener.data(stream, chunk, chunk.readerIndex(), length);
                chunk.skipBytes(length);
                data -= length;
            } else if (rest > 0) {
                int length = Math.min(rest, chunk.readableBytes());
                chunk.skipBytes(length);
                rest -= length;
            } else if (!held.isReadable() && chunk.readableBytes() >= HEAD_BYTES && !isHeld(chunk, chunk.readerIndex())) {
                begin(chunk, chunk.readerIndex());
                chunk.skipBytes(HEAD_BYTES);
            } else {
                pass(chunk, passed);
                hold(context, chunk);
                passed = chunk.readerIndex();
            }
        }
        pass(chunk, passed);
    }

    private void readPreface(byte next) throws Http2Exception {
        if (next != preface.readByte()) {
            throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "it does not begin as HTTP/2 does");
        }
    }

    private void readPadLength(int padding) {
        padLengthComes = false;
        rest = Math.min(padding, data - 1);
        data -= 1 + rest;
    }

    /** A frame whose payload passes as it comes. */
    private void begin(ByteBuf from, int at) {
        int length = from.getUnsignedMedium(at);
        if (type(from, at) == Http2FrameTypes.DATA) {
            stream = from.getInt(at + 5) & Integer.MAX_VALUE;
            data = length;
            padLengthComes = length > 0 && flags(from, at).paddingPresent();
        } else {
            rest = length;
        }
    }

    /** Holds up to the end of a frame at most. */
    private void hold(ChannelHandlerContext context, ByteBuf chunk) throws Http2Exception {
        if (!holdUntil(HEAD_BYTES, chunk)) {
            return;
        }
        int start = held.writerIndex() - currentHeld;
        if (!isHeld(held, start)) {
            begin(held, start);
            ByteBuf copy = held.copy();
            listener.pass(copy, 0, copy.readableBytes());
            copy.release();
            clear();
        } else if (holdUntil(HEAD_BYTES + held.getUnsignedMedium(start), chunk)) {
            currentHeld = 0;
            if (type(held, start) == Http2FrameTypes.RST_STREAM || flags(held, start).endOfHeaders()) {
                listener.streamFrames(context, held);
                clear();
            }
        }
    }

    private boolean holdUntil(int bytes, ByteBuf chunk) throws Http2Exception {
        int missing = Math.max(0, bytes - currentHeld);
        if (missing > held.maxWritableBytes()) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "headers of more than %d bytes", MAX_HELD_BYTES);
        }
        int length = Math.min(missing, chunk.readableBytes());
        held.writeBytes(chunk, length);
        currentHeld += length;
        return length == missing;
    }

    private void clear() {
        held.clear();
        currentHeld = 0;
    }

    private void pass(ByteBuf chunk, int from) {
        if (chunk.readerIndex() > from) {
            listener.pass(chunk, from, chunk.readerIndex() - from);
        }
    }

    private static boolean isHeld(ByteBuf from, int at) {
        byte type = type(from, at);
        return type == Http2FrameTypes.HEADERS || type == Http2FrameTypes.CONTINUATION || type == Http2FrameTypes.RST_STREAM;
    }

    private static byte type(ByteBuf from, int at) {
        return from.getByte(at + 3);
    }

    private static Http2Flags flags(ByteBuf from, int at) {
        return new Http2Flags(from.getUnsignedByte(at + 4));
    }
}
