package io.github.camellva.grpc.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** Copies regions by positioned reads, to which a truncated file is a short read; a mapping of it would crash. */
final class CopyingReader implements RegionReader {

    private final PositionedFile file;

    private CopyingReader(PositionedFile file) {
        this.file = file;
    }

    static CopyingReader open(Path path, Set<OpenOption> options) throws IOException {
        PositionedFile file = PositionedFile.open(path, options);
        try {
            requireReadable(file);
            return new CopyingReader(file);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /** Reading by position fails on a pipe or directory that took the file's place just before it was opened. */
    private static void requireReadable(PositionedFile file) throws IOException {
        try {
            file.read(ByteBuffer.allocate(1), 0);
        } catch (EOFException e) {
            // an empty file may grow
        }
    }

    @Override
    public ByteBuffer read(long offset, int length) throws IOException {
        requireInside(offset, length);
        ByteBuffer copy = ByteBuffer.allocate(length);
        file.read(copy, offset);
        return copy.flip();
    }

    /** Before memory is allocated, so that a wrong offset costs nothing. */
    private void requireInside(long offset, int length) throws IOException {
        long size = file.size();
        if (offset > size - length) {
            throw new EOFException("the file has only " + size + " bytes");
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
