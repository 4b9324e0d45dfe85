package io.github.camellva.examples.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.onnx.runtime.InputSize;
import io.github.camellva.examples.onnx.runtime.ModelException;
import io.github.camellva.examples.onnx.runtime.ModelFile;
import io.github.camellva.examples.onnx.runtime.ModelSettings;
import io.github.camellva.examples.onnx.runtime.Models;
import io.github.camellva.examples.onnx.yolo.Thresholds;

/**
 * What the user chose.
 *
 * @param models        to load; none for the one that is made for the occasion
 * @param run           how they are run
 * @param thresholds    what of their output is an answer
 * @param configuration what the node says to the extension
 * @param picture       to be sent; the built-in scene without one
 * @param serve         host and port to serve other nodes on; then none of its own sends frames
 * @param frames        how many are sent
 * @param pace          how fast
 */
record Settings(
        List<ModelFile> models, ModelSettings run, Thresholds thresholds, Optional<String> configuration,
        Optional<Path> picture, Optional<String> serve, int frames, Pace pace) {

    private static final int FRAMES = 250;
    private static final int MOST_FRAMES = 1_000_000;
    private static final int MOST_THREADS = 256;
    private static final int MOST_PARALLEL = 16;
    private static final int MOST_OBJECTS = 1000;

    private static final Pattern SIZE = Pattern.compile("(\\d{1,4})(?:x(\\d{1,4}))?");
    private static final Pattern ADDRESS = Pattern.compile("(?:([^:/?]+):)?(\\d{1,5})");

    /** Of the system properties that the README lists. */
    static Settings of(Properties properties) throws UsageException {
        Options options = new Options(properties);
        return new Settings(
                models(options), run(options), thresholds(options), options.text("configuration"), file(options, "picture"),
                serve(options), options.number("frames", FRAMES, MOST_FRAMES),
                options.flag("realtime", true) ? Pace.REALTIME : Pace.UNLIMITED);
    }

    private static List<ModelFile> models(Options options) throws UsageException {
        Optional<Path> model = file(options, "model");
        Optional<Path> labels = file(options, "labels");
        Optional<String> directory = options.text("models");
        if (model.isPresent() && directory.isPresent()) {
            throw new UsageException(
                    "-Dmodel=" + model.get() + " -Dmodels=" + directory.get() + ": one of the two is accepted");
        }
        if (labels.isPresent() && model.isEmpty()) {
            throw new UsageException("-Dlabels=" + labels.get() + ": accepted together with -Dmodel=FILE; in a directory of"
                                     + " models, those of NAME.onnx are in NAME.txt");
        }
        if (directory.isPresent()) {
            try {
                return Models.filesIn(Path.of(directory.get()));
            } catch (ModelException e) {
                throw new UsageException("-Dmodels=" + directory.get() + ": " + e.getMessage());
            }
        }
        return model.map(ModelFile::of)
                .map(file -> labels.isPresent() ? new ModelFile(file.name(), file.file(), labels) : file)
                .map(List::of).orElse(List.of());
    }

    private static ModelSettings run(Options options) throws UsageException {
        return new ModelSettings(
                size(options), options.number("threads", ModelSettings.DEFAULT.threads(), MOST_THREADS),
                options.number("parallel", ModelSettings.DEFAULT.parallel(), MOST_PARALLEL));
    }

    private static Optional<InputSize> size(Options options) throws UsageException {
        Optional<String> value = options.text("size");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Matcher sides = SIZE.matcher(value.get());
        try {
            if (sides.matches()) {
                int width = Integer.parseInt(sides.group(1));
                return Optional.of(new InputSize(width, sides.group(2) == null ? width : Integer.parseInt(sides.group(2))));
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new UsageException("-Dsize=" + value.get() + ": pixels from 1 to 4096 are accepted, for instance -Dsize=640 or"
                                 + " -Dsize=640x384, width first");
    }

    private static Thresholds thresholds(Options options) throws UsageException {
        return new Thresholds(
                share(options, "confidence", Thresholds.DEFAULT.confidence()),
                share(options, "overlap", Thresholds.DEFAULT.overlap()),
                options.number("most", Thresholds.DEFAULT.most(), MOST_OBJECTS));
    }

    private static float share(Options options, String name, float byDefault) throws UsageException {
        String value = options.text(name).orElse(Float.toString(byDefault));
        try {
            float share = Float.parseFloat(value);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("-D" + name + "=" + value + ": a number above 0 and up to 1 is accepted, for instance"
                                 + " -D" + name + "=" + byDefault);
    }

    private static Optional<Path> file(Options options, String name) throws UsageException {
        Optional<Path> file = options.text(name).map(Path::of);
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw new UsageException("-D" + name + "=" + file.get() + ": there is no file " + file.get().toAbsolutePath());
        }
        return file;
    }

    private static Optional<String> serve(Options options) throws UsageException {
        Optional<String> value = options.text("serve");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Matcher address = ADDRESS.matcher(value.get());
        if (address.matches() && Integer.parseInt(address.group(2)) <= 65535) {
            return Optional.of((address.group(1) == null ? "127.0.0.1" : address.group(1)) + ":" + address.group(2));
        }
        throw new UsageException("-Dserve=" + value.get() + ": a port is accepted, or host:port, for instance -Dserve=5001 or"
                                 + " -Dserve=0.0.0.0:5001");
    }
}
