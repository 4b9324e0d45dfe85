package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;

/**
 * A frame as it is sent.
 *
 * @param bytes   from the buffer's position to its limit
 * @param format  what they are
 * @param scaling from the picture that there was to the one that is sent; maps boxes of the answer back
 */
public record PreparedFrame(ByteBuffer bytes, SampleFormat format, Scaling scaling) {
}
