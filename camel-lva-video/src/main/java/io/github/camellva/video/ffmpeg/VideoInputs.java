package io.github.camellva.video.ffmpeg;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.SourceAddress.Kind;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.VideoInput;

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
        return settings.address().kind() == Kind.DIRECTORY
                ? PictureDirectory.open(settings, stopped, nanoTime)
                : FfmpegInput.open(settings, stopped, nanoTime);
    }
}
