package io.github.camellva.examples.benchmark.micro;

import java.io.ByteArrayInputStream;

import io.grpc.KnownLength;

/** A message of known length that is copied in pieces, since HTTP/2 frames bring it in pieces. */
final class FramedMessage extends ByteArrayInputStream implements KnownLength {

    /** The size of HTTP/2 frames unless peers agree on another. */
    private static final int PIECE_BYTES = 16 * 1024;

    FramedMessage(byte[] message) {
        super(message);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int read = super.read(into, offset, Math.min(length, PIECE_BYTES));
        while (read > 0 && read < length && available() > 0) {
            read += super.read(into, offset + read, Math.min(length - read, PIECE_BYTES));
        }
        return read;
    }
}
