package io.github.camellva.video.ffmpeg;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Picture;
import io.github.camellva.video.source.PictureFormat;
import io.github.camellva.video.source.SourceException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Makes pictures of frames: scales and pads them, in the format that is asked for. */
final class PictureMaker implements AutoCloseable {

    private final PictureFormat format;
    private final @Nullable ScaleTarget target;
    private final Scaler scaler;
    private final @Nullable JpgEncoder encoder;

    PictureMaker(InputSettings settings) {
        this.format = settings.format();
        this.target = settings.scaling();
        this.scaler = new Scaler(nativeFormat(settings.format()), settings.format() == PictureFormat.JPG);
        this.encoder = settings.format() == PictureFormat.JPG ? new JpgEncoder(settings.jpegQuality()) : null;
    }

    Picture of(AVFrame frame) throws SourceException {
        Scaling scaling = scaling(frame.width(), frame.height());
        AVFrame scaled = scaler.scale(frame, scaling);
        byte[] bytes = encoder != null ? encoder.encode(scaled) : scaler.packed();
        return Picture.of(bytes, format, scaling.canvasWidth(), scaling.canvasHeight());
    }

    @Override
    public void close() {
        try {
            scaler.close();
        } finally {
            if (encoder != null) {
                encoder.close();
            }
        }
    }

    private Scaling scaling(int width, int height) throws SourceException {
        try {
            return target == null ? Scaling.filling(width, height) : target.of(width, height);
        } catch (FrameException e) {
            throw new SourceException(SourceException.Reason.UNUSABLE, e.getMessage());
        }
    }

    private static int nativeFormat(PictureFormat format) {
        return switch (format) {
            case BGR24 -> avutil.AV_PIX_FMT_BGR24;
            case RGB24 -> avutil.AV_PIX_FMT_RGB24;
            case YUV420P, JPG -> avutil.AV_PIX_FMT_YUV420P;
        };
    }
}
