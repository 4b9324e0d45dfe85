package io.github.camellva.grpc;

import java.nio.ByteBuffer;

/** The bytes of a fuzzer, read as steps and what belongs to them. Past its end there are zeros. */
public final class Script {

    private final ByteBuffer bytes;

    public Script(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    public boolean hasNext() {
        return bytes.hasRemaining();
    }

    /** 0 to 255. */
    public int next() {
        return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : 0;
    }

    /** 0 to one below the bound, which is 256 at most. */
    public int next(int bound) {
        return next() % bound;
    }

    public boolean nextBoolean() {
        return next(2) == 1;
    }

    public long nextLong() {
        return bytes.remaining() >= Long.BYTES ? bytes.getLong() : next();
    }

    /** As many as the next two bytes say, if there are. */
    public byte[] nextBytes() {
        byte[] some = new byte[Math.min(next() << 8 | next(), bytes.remaining())];
        bytes.get(some);
        return some;
    }

    /** All that is left. */
    public byte[] rest() {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return rest;
    }
}
