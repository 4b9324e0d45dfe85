package io.github.camellva.video.source;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;

/**
 * The bytes of a frame, which nobody else has.
 *
 * @param bytes  packed rows, or a JPG picture
 * @param format of the bytes
 */
public record Picture(byte[] bytes, SampleFormat format) {

    /** A picture of packed rows, or an encoded one. */
    public static Picture of(byte[] bytes, PictureFormat format, int width, int height) {
        if (format == PictureFormat.JPG) {
            return new Picture(bytes, SampleFormat.encoded(Encoding.JPG, width, height));
        }
        try {
            return new Picture(bytes, SampleFormat.raw(format.pixelFormat(), width, height, 0, Integer.MAX_VALUE));
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
