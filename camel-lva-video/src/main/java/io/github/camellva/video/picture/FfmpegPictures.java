package io.github.camellva.video.picture;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureConverter;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;

/** Converts pictures with FFmpeg: swscale, and the codec of JPG. */
public final class FfmpegPictures implements PictureConverter, AutoCloseable {

    private final Workspaces workspaces = new Workspaces(Runtime.getRuntime().availableProcessors());

    /** @throws UnsatisfiedLinkError where there is no native code for this machine */
    public FfmpegPictures() {
        avutil.avutil_version();
        swscale.swscale_version();
        avcodec.avcodec_version();
    }

    @Override
    public String name() {
        return "ffmpeg";
    }

    @Override
    public void toRaw(ByteBuffer picture, SampleFormat from, Scaling scaling, ByteBuffer frame, SampleFormat to)
            throws FrameException {
        workspaces.run(workspace -> {
            new Conversion(workspace, picture, from, scaling).toRaw(new RawFrame(frame, to));
            return null;
        });
    }

    @Override
    public ByteBuffer toJpg(ByteBuffer picture, SampleFormat from, Scaling scaling, int quality) throws FrameException {
        return workspaces.run(workspace -> new Conversion(workspace, picture, from, scaling).toJpg(quality));
    }

    /** Frees what waits for the next picture. Whoever converts another one afterwards closes again. */
    @Override
    public void close() {
        workspaces.close();
    }
}
