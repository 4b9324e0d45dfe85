package io.github.camellva.grpc.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Copies regions by positioned reads, which see a truncated file as a short read where a mapping would crash. */
final class CopyingReader implements RegionReader {

    /**
     * The JDK reads into a heap buffer through a direct one of the same size that it then keeps for the thread; reading in
     * steps keeps that small however large frames are.
     */
    private static final int STEP_BYTES = 256 * 1024;

    private final FileChannel channel;

    CopyingReader(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public ByteBuffer read(long offset, int length) throws IOException {
        requireInside(offset, length);
        ByteBuffer copy = ByteBuffer.allocate(length);
        while (copy.position() < length) {
            copy.limit(Math.min(length, copy.position() + STEP_BYTES));
            if (channel.read(copy, offset + copy.position()) < 0) {
                throw new EOFException("the file was truncated while it was read");
            }
        }
        return copy.flip();
    }

    /** Before memory is set aside, so that a wrong offset costs nothing. */
    private void requireInside(long offset, int length) throws IOException {
        long size = channel.size();
        if (offset > size - length) {
            throw new EOFException("the file has only " + size + " bytes");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
