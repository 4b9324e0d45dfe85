package io.github.camellva.video.ffmpeg;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.video.picture.FramePictures;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Picture;
import io.github.camellva.video.source.PictureFormat;
import io.github.camellva.video.source.SourceException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Makes what is asked for of frames. */
final class PictureMaker implements AutoCloseable {

    private final InputSettings settings;
    private final FramePictures pictures = new FramePictures();

    PictureMaker(InputSettings settings) {
        this.settings = settings;
    }

    Picture of(AVFrame frame) throws SourceException {
        try {
            Scaling scaling = scaling(frame.width(), frame.height());
            SampleFormat format = settings.format().sized(scaling.canvasWidth(), scaling.canvasHeight());
            ByteBuffer bytes = settings.format() == PictureFormat.JPG
                    ? pictures.toJpg(frame, scaling, settings.jpegQuality()) : pictures.toRaw(frame, scaling, format);
            return new Picture(bytes.array(), format);
        } catch (FrameException e) {
            throw new SourceException(SourceException.Reason.UNUSABLE, e.getMessage());
        }
    }

    @Override
    public void close() {
        pictures.close();
    }

    private Scaling scaling(int width, int height) throws FrameException {
        return settings.scaling() == null ? Scaling.filling(width, height) : settings.scaling().of(width, height);
    }
}
