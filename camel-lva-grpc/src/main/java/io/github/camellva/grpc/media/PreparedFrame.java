package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;

/**
 * A frame ready to be sent.
 *
 * @param bytes   from the buffer's position to its limit
 * @param format  of the bytes
 * @param scaling from the original picture to the one that is sent; maps boxes of the answer back
 */
public record PreparedFrame(ByteBuffer bytes, SampleFormat format, Scaling scaling) {
}
