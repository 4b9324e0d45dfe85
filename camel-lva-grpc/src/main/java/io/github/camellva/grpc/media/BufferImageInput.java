package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;

import javax.imageio.stream.ImageInputStreamImpl;

/** Lets ImageIO read a buffer of any kind without a copy. */
final class BufferImageInput extends ImageInputStreamImpl {

    private final ByteBuffer bytes;

    BufferImageInput(ByteBuffer bytes) {
        this.bytes = bytes.slice();
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.limit() ? bytes.get((int) streamPos++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, bytes.limit() - streamPos);
        if (count <= 0) {
            return -1;
        }
        bytes.get((int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.limit();
    }
}
