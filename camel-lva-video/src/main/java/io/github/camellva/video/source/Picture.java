package io.github.camellva.video.source;

import io.github.camellva.grpc.media.SampleFormat;

/**
 * The bytes of a frame, which nobody else has.
 *
 * @param bytes  packed rows, or a JPG picture
 * @param format of the bytes
 */
public record Picture(byte[] bytes, SampleFormat format) {

    /** A picture of packed rows, or an encoded one. */
    public static Picture of(byte[] bytes, PictureFormat format, int width, int height) {
        return new Picture(bytes, format.sized(width, height));
    }
}
