package io.github.camellva.video.picture;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A picture that can be scaled. */
interface Source extends AutoCloseable {

    Surface surface();

    /** Scales the whole picture. */
    void scale(Scaler scaler, Pixels onto);

    @Override
    default void close() {
    }

    static Source of(ByteBuffer picture, SampleFormat from, Scaling scaling, Workspace workspace) throws FrameException {
        return from.isRaw()
                ? new Raw(new RawFrame(picture, from), workspace)
                : Jpg.decode(picture, from, scaling, workspace);
    }

    /** Bare pixels, of which a band at a time is in native memory: the processor's cache holds it until it is scaled. */
    record Raw(RawFrame frame, Workspace workspace) implements Source {

        private static final int BAND_BYTES = 1 << 17;
        private static final int FEWEST_ROWS = 16;

        @Override
        public Surface surface() {
            return frame.surface();
        }

        @Override
        public void scale(Scaler scaler, Pixels onto) {
            Surface surface = scaler.from();
            int bandRows = Math.min(surface.even().height(), Math.max(FEWEST_ROWS, BAND_BYTES / frame.format().strideBytes() & -2));
            Pixels band = workspace.pixels(Workspace.Purpose.SOURCE, surface.resized(surface.width(), bandRows));
            for (int y = 0; y < surface.height(); y += bandRows) {
                int rows = Math.min(bandRows, surface.height() - y);
                frame.load(y, rows, band);
                scaler.scale(band.frame(), y, rows, onto.frame());
            }
        }
    }

    /** A decoded JPG. */
    record Jpg(JpgDecoder decoder, AVFrame frame, Surface surface) implements Source {

        static Source decode(ByteBuffer picture, SampleFormat from, Scaling scaling, Workspace workspace) throws FrameException {
            JpgDecoder decoder = workspace.decoder(new JpgDecoder.Settings(halvings(from, scaling)));
            try {
                AVFrame frame = decoder.decode(picture, from.width(), from.height());
                return new Jpg(decoder, frame, decoder.surface());
            } catch (Throwable e) {
                decoder.release();
                throw e;
            }
        }

        @Override
        public void scale(Scaler scaler, Pixels onto) {
            scaler.scale(frame, 0, scaler.from().height(), onto.frame());
        }

        @Override
        public void close() {
            decoder.release();
        }

        /** Decoded at 1 / n of the size, a picture keeps n times the pixels along each side that are made of it. */
        private static int halvings(SampleFormat from, Scaling scaling) {
            int halvings = 0;
            while (halvings < JpgDecoder.Settings.MOST_HALVINGS && from.width() >> 2 * (halvings + 1) >= scaling.width()
                    && from.height() >> 2 * (halvings + 1) >= scaling.height()) {
                halvings++;
            }
            return halvings;
        }
    }
}
