package io.github.camellva.examples.benchmark.micro;

import java.io.InputStream;
import java.util.Arrays;

import io.grpc.KnownLength;

/** A message in pieces, as HTTP/2 frames bring it; its length is known. */
final class FramedMessage extends InputStream implements KnownLength {

    /** What gRPC's peers put into an HTTP/2 frame at most, unless told otherwise. */
    private static final int PIECE_BYTES = 16 * 1024;

    private final byte[][] pieces;
    private int piece;
    private int position;
    private int remaining;

    /** @param pieces that {@link #split} made; they can be read again by others */
    FramedMessage(byte[][] pieces) {
        this.pieces = pieces;
        for (byte[] each : pieces) {
            remaining += each.length;
        }
    }

    static byte[][] split(byte[] message) {
        byte[][] pieces = new byte[(message.length + PIECE_BYTES - 1) / PIECE_BYTES][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = Arrays.copyOfRange(message, i * PIECE_BYTES, Math.min((i + 1) * PIECE_BYTES, message.length));
        }
        return pieces;
    }

    @Override
    public int available() {
        return remaining;
    }

    @Override
    public int read() {
        if (remaining == 0) {
            return -1;
        }
        int next = pieces[piece][position] & 0xff;
        advance(1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            return -1;
        }
        int read = 0;
        while (read < length && remaining > 0) {
            int count = Math.min(length - read, pieces[piece].length - position);
            System.arraycopy(pieces[piece], position, into, offset + read, count);
            advance(count);
            read += count;
        }
        return read;
    }

    private void advance(int count) {
        remaining -= count;
        position += count;
        if (position == pieces[piece].length) {
            piece++;
            position = 0;
        }
    }
}
