package io.github.camellva.video.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Picture;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.SourceException.Reason;
import io.github.camellva.video.source.VideoInput;
import org.jspecify.annotations.Nullable;

/** The picture files of a directory, in the order of their names. */
final class PictureDirectory implements VideoInput {

    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp");

    private final InputSettings settings;
    private final BooleanSupplier stopped;
    private final LongSupplier nanoTime;
    private final int size;
    private final Iterator<Path> files;
    private @Nullable VideoInput current;
    private long number = -1;
    private long errors;

    private PictureDirectory(InputSettings settings, BooleanSupplier stopped, LongSupplier nanoTime, List<Path> files) {
        this.settings = settings;
        this.stopped = stopped;
        this.nanoTime = nanoTime;
        this.size = files.size();
        this.files = files.iterator();
    }

    static PictureDirectory open(InputSettings settings, BooleanSupplier stopped, LongSupplier nanoTime) throws SourceException {
        try (Stream<Path> files = Files.list(Path.of(settings.address().location()))) {
            List<Path> pictures = files.filter(PictureDirectory::isPicture).sorted().toList();
            if (pictures.isEmpty()) {
                throw new SourceException(Reason.UNUSABLE, "there are no pictures in " + settings.address()
                                                           + "; accepted are files named .jpg, .jpeg, .png and .bmp");
            }
            return new PictureDirectory(settings, stopped, nanoTime, pictures);
        } catch (IOException e) {
            throw new SourceException(Reason.UNUSABLE, settings.address() + " cannot be listed: " + e.getMessage());
        }
    }

    @Override
    public boolean isLive() {
        return false;
    }

    /** A file that is no picture is left out, and counted. */
    @Override
    public boolean next() {
        while (files.hasNext() && !stopped.getAsBoolean()) {
            closeCurrent();
            Path file = files.next();
            number++;
            try {
                current = FfmpegInput.open(settings.at(file), stopped, nanoTime);
                if (current.next()) {
                    return true;
                }
            } catch (SourceException e) {
                // counted below
            }
            errors++;
        }
        return false;
    }

    @Override
    public OptionalLong presentationMicros() {
        return OptionalLong.of(number * frameMicros());
    }

    @Override
    public long frameMicros() {
        return settings.pictureInterval().toNanos() / 1_000;
    }

    @Override
    public OptionalLong takenMicros() {
        return OptionalLong.empty();
    }

    @Override
    public Picture picture() throws SourceException {
        return current.picture();
    }

    @Override
    public long decodingErrors() {
        return errors;
    }

    @Override
    public String description() {
        return size + " pictures";
    }

    @Override
    public void close() {
        closeCurrent();
    }

    private void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.toString();
        return Files.isRegularFile(file)
               && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
