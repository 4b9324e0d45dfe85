package io.github.camellva.examples.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What the user chose. */
final class Settings {

    private static final String PATH = "a path is accepted";

    @Option(names = "-Dmodel", description = PATH)
    private Path model;

    @Option(names = "-Dlabels", description = PATH)
    private Path labels;

    @Option(names = "-Dmodels", description = PATH)
    private Path directory;

    @Option(names = "-Dpicture", description = PATH)
    private Path picture;

    @Option(names = "-Dconfiguration")
    private String configuration;

    @Option(names = "-Dserve",
            description = "a port is accepted, or host:port, for instance -Dserve=5001 or -Dserve=0.0.0.0:5001")
    @OptionReader.Matching("([^:/?]+:)?(0|" + OptionReader.PORT + ")")
    private String serve;

    @Option(names = "-Dsize",
            description = "pixels from 1 to 4096 are accepted, for instance -Dsize=640 or -Dsize=640x384, width first")
    @OptionReader.Matching("\\d{1,4}(x\\d{1,4})?")
    private String size;

    @Option(names = "-Dthreads")
    @OptionReader.WholeNumber(to = 256, example = 2)
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "-Dparallel")
    @OptionReader.WholeNumber(to = 16, example = 2)
    private int parallel = 2;

    @Option(names = "-Dconfidence", converter = Share.class,
            description = "a number above 0 and up to 1 is accepted, for instance -Dconfidence=0.25")
    private float confidence = 0.25f;

    @Option(names = "-Doverlap", converter = Share.class,
            description = "a number above 0 and up to 1 is accepted, for instance -Doverlap=0.45")
    private float overlap = 0.45f;

    @Option(names = "-Dmost")
    @OptionReader.WholeNumber(to = 1000, example = 100)
    private int most = 100;

    @Option(names = "-Dframes")
    @OptionReader.WholeNumber(to = 1_000_000, example = 250)
    private int frames = 250;

    @Option(names = "-Drealtime", arity = "1")
    private boolean realtime = true;

    /** Of the system properties that the README lists. */
    static Settings of(Properties properties) throws UsageException {
        Settings settings = OptionReader.read(new Settings(), properties);
        refuseMissing("picture", settings.picture);
        refuseMissing("model", settings.model);
        refuseMissing("labels", settings.labels);
        settings.requireOneModel();
        return settings;
    }

    /** A file or a directory; empty for the one that is there without any. */
    Optional<Path> model() {
        return Optional.ofNullable(model).or(() -> Optional.ofNullable(directory));
    }

    /** What the route's placeholders stand for. */
    Properties placeholders() {
        Properties placeholders = new Properties();
        placeholders.setProperty("address", serve().orElse("127.0.0.1:0"));
        placeholders.setProperty("model", model().map(Path::toString).orElse("classpath:models/bright-blobs.onnx"));
        if (labels != null) {
            placeholders.setProperty("labels", labels.toString());
        }
        if (size != null) {
            placeholders.setProperty("size", size);
        }
        placeholders.setProperty("confidence", String.valueOf(confidence));
        placeholders.setProperty("overlap", String.valueOf(overlap));
        placeholders.setProperty("most", String.valueOf(most));
        placeholders.setProperty("threads", String.valueOf(threads));
        placeholders.setProperty("parallel", String.valueOf(parallel));
        return placeholders;
    }

    /** What the node says to the extension. */
    Optional<String> configuration() {
        return Optional.ofNullable(configuration);
    }

    /** To be sent in place of the built-in scene. */
    Optional<Path> picture() {
        return Optional.ofNullable(picture);
    }

    /** Host and port to serve other nodes on; then none of its own sends frames. */
    Optional<String> serve() {
        return Optional.ofNullable(serve).map(address -> address.contains(":") ? address : "127.0.0.1:" + address);
    }

    int frames() {
        return frames;
    }

    Pace pace() {
        return realtime ? Pace.REALTIME : Pace.UNLIMITED;
    }

    private void requireOneModel() throws UsageException {
        if (model != null && directory != null) {
            throw new UsageException("-Dmodel=" + model + " -Dmodels=" + directory + ": one of the two is accepted");
        }
        if (labels != null && model == null) {
            throw new UsageException("-Dlabels=" + labels + ": accepted together with -Dmodel=FILE; in a directory of"
                                     + " models, those of NAME.onnx are in NAME.txt");
        }
        if (directory != null && !Files.isDirectory(directory)) {
            throw new UsageException("-Dmodels=" + directory + ": there is no directory " + directory.toAbsolutePath());
        }
    }

    private static void refuseMissing(String option, Path file) throws UsageException {
        if (file != null && !Files.isRegularFile(file)) {
            throw new UsageException("-D" + option + "=" + file + ": there is no file " + file.toAbsolutePath());
        }
    }

    /** Reads a number above 0 and up to 1. */
    static final class Share implements ITypeConverter<Float> {

        @Override
        public Float convert(String value) {
            float share = Float.parseFloat(value);
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException(value);
            }
            return share;
        }
    }
}
