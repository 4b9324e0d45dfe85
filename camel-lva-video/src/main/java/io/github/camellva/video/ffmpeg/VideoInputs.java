package io.github.camellva.video.ffmpeg;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.SourceException.Reason;
import io.github.camellva.video.source.VideoInput;
import org.bytedeco.javacpp.Loader;

/** Opens sources of every kind. */
public final class VideoInputs {

    private VideoInputs() {
    }

    /**
     * Opens a source.
     *
     * @param  stopped         ends the attempt, and later each read, within some tenths of a second
     * @throws SourceException if there is no video, or it cannot be decoded
     */
    public static VideoInput open(InputSettings settings, BooleanSupplier stopped, LongSupplier nanoTime) throws SourceException {
        try {
            Ffmpeg.load();
            return switch (settings.address().kind()) {
                case DIRECTORY -> PictureDirectory.open(settings, stopped, nanoTime);
                case TEST -> FilterInput.open(settings);
                default -> FfmpegInput.open(settings, stopped, nanoTime);
            };
        } catch (LinkageError e) {
            throw new SourceException(Reason.UNUSABLE, settings.address() + " cannot be opened: FFmpeg's native code cannot be loaded here, "
                                                       + e.getMessage() + "; add org.bytedeco:ffmpeg and org.bytedeco:javacpp with the classifier "
                                                       + Loader.getPlatform() + ", or the library of the system that is missing");
        }
    }
}
