package io.github.camellva.video.source;

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

    /** {@link PixelFormat#NONE} for encoded pictures. */
    public PixelFormat pixelFormat() {
        return pixelFormat;
    }
}
