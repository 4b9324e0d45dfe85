package io.github.camellva.tools.record;

import java.util.function.BiConsumer;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Puts together gRPC's messages of one direction of a session. For one thread. */
final class MessageAssembler {

    private static final int HEAD_BYTES = 5;
    private static final String UNHEARD = "a message could not be taken: ";

    private final Recorder recorder;
    private final int maxMessageBytes;
    private final BiConsumer<Payload, Boolean> receiver;
    private int headBytes;
    private boolean compressed;
    /** Of the message; unsigned 32 bits. */
    private long length;
    private long missing;
    /** Null while a message passes that is left out. */
    private @Nullable Payload payload;

    /** @param receiver gets each message, and whether it is compressed; releases it */
    MessageAssembler(Recorder recorder, int maxMessageBytes, BiConsumer<Payload, Boolean> receiver) {
        this.recorder = recorder;
        this.maxMessageBytes = maxMessageBytes;
        this.receiver = receiver;
    }

    /** Reads a part of a chunk; keeps it if a message needs it. */
    void read(ByteBuf chunk, int from, int bytes) {
        int end = from + bytes;
        int at = from;
        while (at < end) {
            if (headBytes < HEAD_BYTES) {
                readHead(chunk.getUnsignedByte(at));
                at++;
            } else {
                int part = (int) Math.min(missing, end - at);
                missing -= part;
                add(chunk, at, part);
                at += part;
            }
            if (headBytes == HEAD_BYTES && missing == 0) {
                headBytes = 0;
                finish();
            }
        }
    }

    /** Nothing follows: what is not whole is dropped. */
    void release() {
        if (payload != null) {
            payload.release();
            payload = null;
        }
    }

    private void readHead(int next) {
        if (headBytes == 0) {
            compressed = next != 0;
            length = 0;
        } else {
            length = length << Byte.SIZE | next;
        }
        headBytes++;
        if (headBytes == HEAD_BYTES) {
            missing = length;
            if (length <= maxMessageBytes) {
                payload = new Payload((int) length, recorder);
            } else {
                recorder.leaveOut(length, "a message is larger than --max-message-size");
            }
        }
    }

    private void add(ByteBuf chunk, int from, int bytes) {
        if (payload == null) {
            return;
        }
        try {
            if (!payload.add(chunk, from, bytes)) {
                leaveOut(Recorder.TOO_SLOW);
            }
        } catch (Throwable e) {
            leaveOut(UNHEARD + e);
        }
    }

    /** A lack of memory, too, costs this message, and not those that follow. */
    private void finish() {
        if (payload == null) {
            return;
        }
        Payload whole = payload;
        payload = null;
        try {
            receiver.accept(whole, compressed);
        } catch (Throwable e) {
            leaveOut(UNHEARD + e);
        }
    }

    private void leaveOut(String reason) {
        release();
        recorder.leaveOut(length, reason);
    }
}
