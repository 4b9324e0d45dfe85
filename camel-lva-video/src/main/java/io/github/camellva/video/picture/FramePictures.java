package io.github.camellva.video.picture;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.video.picture.Scaler.Job;
import io.github.camellva.video.picture.Scaler.Method;
import io.github.camellva.video.picture.Workspace.Purpose;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Makes pictures of the frames of one video, fast rather than exactly. Confined to the thread that decodes it. */
public final class FramePictures implements AutoCloseable {

    private final Workspace workspace = new Workspace();

    /** @return rows of pixels, from position 0 */
    public ByteBuffer toRaw(AVFrame frame, Scaling scaling, SampleFormat to) {
        RawFrame result = new RawFrame(ByteBuffer.allocate(to.frameBytes()), to);
        Surface surface = result.surface();
        if (scaling.pads() && surface.isYuv()) {
            Pixels canvas = workspace.pixels(Purpose.CANVAS, surface);
            drawBetweenBars(frame, scaling, canvas);
            result.store(canvas, surface.width(), surface.height(), 0, 0);
        } else {
            result.store(scaled(frame, scaling, surface), scaling.width(), scaling.height(), scaling.x(), scaling.y());
            if (scaling.pads()) {
                result.drawBars(scaling);
            }
        }
        workspace.trim();
        return result.bytes();
    }

    /**
     * Makes a JPG.
     *
     * @param quality 0 (smallest) to 100 (best)
     */
    public ByteBuffer toJpg(AVFrame frame, Scaling scaling, int quality) throws FrameException {
        JpgEncoder encoder = workspace.encoder(new JpgEncoder.Settings(scaling.canvasWidth(), scaling.canvasHeight(), quality));
        if (scaling.pads()) {
            drawBetweenBars(frame, scaling, encoder.pixels());
        } else {
            scale(frame, encoder.pixels());
        }
        ByteBuffer jpg = encoder.encode();
        workspace.trim();
        return jpg;
    }

    @Override
    public void close() {
        workspace.close();
    }

    private void drawBetweenBars(AVFrame frame, Scaling scaling, Pixels yuv) {
        yuv.blacken();
        yuv.draw(scaled(frame, scaling, yuv.surface()), scaling.width(), scaling.height(), scaling.x(), scaling.y());
    }

    private Pixels scaled(AVFrame frame, Scaling scaling, Surface surface) {
        Pixels pixels = workspace.pixels(Purpose.SCALED, surface.resized(scaling.width(), scaling.height()));
        scale(frame, pixels);
        return pixels;
    }

    private void scale(AVFrame frame, Pixels onto) {
        workspace.scaler(new Job(Surface.of(frame), onto.surface(), Method.FAST)).scale(frame, 0, frame.height(), onto.frame());
    }
}
