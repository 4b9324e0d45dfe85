package io.github.camellva.examples.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.SourceFrame;
import io.github.camellva.examples.rig.UsageException;

/** The picture files of a directory, in the order of their names. They are not decoded here. */
final class PictureDirectory implements Source {

    /** Files do not say when their pictures follow one another. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp");

    private final Path directory;
    private final List<Path> pictures;
    private int taken;
    private Instant start;

    private PictureDirectory(Path directory, List<Path> pictures) {
        this.directory = directory;
        this.pictures = pictures;
    }

    static PictureDirectory open(Path directory) throws IOException, UsageException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> pictures = files.filter(PictureDirectory::isPicture).sorted().toList();
            if (pictures.isEmpty()) {
                throw new UsageException("-Dsource=" + directory + ": there are no pictures in " + directory.toAbsolutePath()
                                         + "; accepted are files named .jpg, .jpeg, .png and .bmp");
            }
            return new PictureDirectory(directory, pictures);
        }
    }

    @Override
    public String name() {
        return Names.of(directory);
    }

    @Override
    public String description() {
        return directory + ", " + pictures.size() + " pictures, " + Duration.ofSeconds(1).dividedBy(INTERVAL) + " per second";
    }

    @Override
    public Kind kind() {
        return Kind.RECORDING;
    }

    @Override
    public Optional<SourceFrame> next() throws IOException {
        if (taken == pictures.size()) {
            return Optional.empty();
        }
        start = start == null ? Instant.now() : start;
        Instant when = start.plus(INTERVAL.multipliedBy(taken));
        return Optional.of(new SourceFrame(when, Files.readAllBytes(pictures.get(taken++))));
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
