package io.github.camellva.examples.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import io.github.camellva.examples.onnx.runtime.InputSize;
import io.github.camellva.examples.onnx.runtime.ModelException;
import io.github.camellva.examples.onnx.runtime.ModelFile;
import io.github.camellva.examples.onnx.runtime.ModelSettings;
import io.github.camellva.examples.onnx.runtime.Models;
import io.github.camellva.examples.onnx.yolo.Thresholds;
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

    @Option(names = "-Dsize", converter = Size.class,
            description = "pixels from 1 to 4096 are accepted, for instance -Dsize=640 or -Dsize=640x384, width first")
    private InputSize size;

    @Option(names = "-Dthreads")
    @OptionReader.WholeNumber(to = 256, example = 2)
    private int threads = ModelSettings.DEFAULT.threads();

    @Option(names = "-Dparallel")
    @OptionReader.WholeNumber(to = 16, example = 2)
    private int parallel = ModelSettings.DEFAULT.parallel();

    @Option(names = "-Dconfidence", converter = Share.class,
            description = "a number above 0 and up to 1 is accepted, for instance -Dconfidence=0.25")
    private float confidence = Thresholds.DEFAULT.confidence();

    @Option(names = "-Doverlap", converter = Share.class,
            description = "a number above 0 and up to 1 is accepted, for instance -Doverlap=0.45")
    private float overlap = Thresholds.DEFAULT.overlap();

    @Option(names = "-Dmost")
    @OptionReader.WholeNumber(to = 1000, example = 100)
    private int most = Thresholds.DEFAULT.most();

    @Option(names = "-Dframes")
    @OptionReader.WholeNumber(to = 1_000_000, example = 250)
    private int frames = 250;

    @Option(names = "-Drealtime", arity = "1")
    private boolean realtime = true;

    private List<ModelFile> models;

    /** Of the system properties that the README lists. */
    static Settings of(Properties properties) throws UsageException {
        Settings settings = OptionReader.read(new Settings(), properties);
        refuseMissing("picture", settings.picture);
        refuseMissing("model", settings.model);
        refuseMissing("labels", settings.labels);
        settings.models = settings.findModels();
        return settings;
    }

    /** To be loaded; none for the one that is made for the occasion. */
    List<ModelFile> models() {
        return models;
    }

    /** How they are run. */
    ModelSettings run() {
        return new ModelSettings(Optional.ofNullable(size), threads, parallel);
    }

    /** What of their output is an answer. */
    Thresholds thresholds() {
        return new Thresholds(confidence, overlap, most);
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

    private List<ModelFile> findModels() throws UsageException {
        if (model != null && directory != null) {
            throw new UsageException("-Dmodel=" + model + " -Dmodels=" + directory + ": one of the two is accepted");
        }
        if (labels != null && model == null) {
            throw new UsageException("-Dlabels=" + labels + ": accepted together with -Dmodel=FILE; in a directory of"
                                     + " models, those of NAME.onnx are in NAME.txt");
        }
        if (directory != null) {
            try {
                return Models.filesIn(directory);
            } catch (ModelException e) {
                throw new UsageException("-Dmodels=" + directory + ": " + e.getMessage());
            }
        }
        if (model == null) {
            return List.of();
        }
        ModelFile file = ModelFile.of(model);
        return List.of(labels == null ? file : new ModelFile(file.name(), file.file(), Optional.of(labels)));
    }

    private static void refuseMissing(String option, Path file) throws UsageException {
        if (file != null && !Files.isRegularFile(file)) {
            throw new UsageException("-D" + option + "=" + file + ": there is no file " + file.toAbsolutePath());
        }
    }

    /** Reads {@code 640} or {@code 640x384}. */
    static final class Size implements ITypeConverter<InputSize> {

        @Override
        public InputSize convert(String value) {
            String[] sides = value.split("x", 2);
            return new InputSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
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
