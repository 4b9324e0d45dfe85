package io.github.camellva.grpc.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The bytes of a frame while they still are in gRPC's buffers. Whoever processes the frame copies them, so that gRPC's thread,
 * which serves many sessions, does not, and they are in the caches of the processor that looks at them. To be closed by its owner;
 * for use by one thread at a time.
 */
final class UnreadContent implements AutoCloseable {

    private final InputStream buffers;
    private final int length;
    private Runnable onClose = () -> { };

    /** @param buffers of which the first {@code length} bytes are the content; to be closed by this */
    UnreadContent(InputStream buffers, int length) {
        this.buffers = buffers;
        this.length = length;
    }

    /** @param action run once, when the buffers are given back */
    void onClose(Runnable action) {
        onClose = action;
    }

    int length() {
        return length;
    }

    /** Copies the bytes; works once. */
    byte[] read() throws IOException {
        byte[] bytes = new byte[length];
        if (buffers.readNBytes(bytes, 0, length) < length) {
            throw new EOFException("the content of the frame is truncated");
        }
        return bytes;
    }

    /** Gives the buffers back to gRPC, if that was not done. */
    @Override
    public void close() {
        try {
            buffers.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runnable action = onClose;
            onClose = () -> { };
            action.run();
        }
    }
}
