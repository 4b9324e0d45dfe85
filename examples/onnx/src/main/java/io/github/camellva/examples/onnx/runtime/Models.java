package io.github.camellva.examples.onnx.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The models that there are, all of them loaded: one that is broken is told before any frame comes, and no frame waits until
 * one is loaded.
 */
public final class Models implements AutoCloseable {

    public static final int MOST = 16;

    private static final int MOST_CHARACTERS_SHOWN = 60;

    /** In the order of their names. */
    private final Map<String, Model> byName = new TreeMap<>();

    private Models() {
    }

    /** @throws ModelException naming the first that cannot be used */
    public static Models load(List<ModelFile> files, ModelSettings settings) throws ModelException, InterruptedException {
        Models models = new Models();
        try {
            for (ModelFile file : files) {
                models.byName.put(file.name(), Model.load(file, settings));
            }
            return models;
        } catch (ModelException | InterruptedException | RuntimeException e) {
            models.close();
            throw e;
        }
    }

    /** All of a directory: {@code NAME.onnx}, with {@code NAME.txt} for labels if the metadata has none. */
    public static List<ModelFile> filesIn(Path directory) throws ModelException {
        List<ModelFile> files;
        try (Stream<Path> paths = Files.list(directory)) {
            files = paths.filter(path -> path.getFileName().toString().endsWith(ModelFile.SUFFIX)).sorted()
                    .map(ModelFile::of).toList();
        } catch (IOException e) {
            throw new ModelException(directory + " is no directory that can be read", e);
        }
        if (files.isEmpty() || files.size() > MOST) {
            throw new ModelException(
                    directory + " has " + files.size() + " files named *" + ModelFile.SUFFIX + "; 1 to " + MOST
                                     + " are accepted");
        }
        return files;
    }

    /** In the order of their names. */
    public Collection<Model> all() {
        return byName.values();
    }

    /**
     * @param  name                     empty if the node asked for none; that is enough when there is only one
     * @throws IllegalArgumentException if there is none of that name
     */
    public Model get(Optional<String> name) {
        if (name.isEmpty() && byName.size() == 1) {
            return byName.values().iterator().next();
        }
        // names are looked up and nothing else, so that none leads to a file
        Model model = name.map(byName::get).orElse(null);
        if (model == null) {
            throw new IllegalArgumentException(
                    name.map(unknown -> "there is no model '" + shown(unknown) + "'").orElse("no model is chosen")
                                               + "; the extension configuration may name one of " + byName.keySet());
        }
        return model;
    }

    @Override
    public void close() {
        byName.values().forEach(Model::close);
        byName.clear();
    }

    /** It comes from outside, and goes to the log. */
    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= MOST_CHARACTERS_SHOWN ? line : line.substring(0, MOST_CHARACTERS_SHOWN) + "...";
    }
}
