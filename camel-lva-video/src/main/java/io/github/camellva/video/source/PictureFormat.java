package io.github.camellva.video.source;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** What the bytes of a frame are. */
public enum PictureFormat {

    BGR24(PixelFormat.BGR24),
    RGB24(PixelFormat.RGB24),
    YUV420P(PixelFormat.YUV420P),
    JPG(PixelFormat.NONE);

    private final PixelFormat pixelFormat;

    PictureFormat(PixelFormat pixelFormat) {
        this.pixelFormat = pixelFormat;
    }

    /** Packed rows of so many pixels, or an encoded picture of them. */
    public SampleFormat sized(int width, int height) {
        if (this == JPG) {
            return SampleFormat.encoded(Encoding.JPG, width, height);
        }
        try {
            return SampleFormat.raw(pixelFormat, width, height, 0, Integer.MAX_VALUE);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
