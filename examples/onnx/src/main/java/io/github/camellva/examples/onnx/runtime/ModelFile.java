package io.github.camellva.examples.onnx.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a model is.
 *
 * @param name   that nodes ask for it by
 * @param file   in ONNX format
 * @param labels of its classes, one in each line; empty when its metadata has them
 */
public record ModelFile(String name, Path file, Optional<Path> labels) {

    static final String SUFFIX = ".onnx";

    /** Named after the file; labels are in the file of the same name with {@code .txt}, if there is one. */
    public static ModelFile of(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.onnx$", "");
        Path labels = file.resolveSibling(name + ".txt");
        return new ModelFile(name, file, Files.isRegularFile(labels) ? Optional.of(labels) : Optional.empty());
    }

    ModelException refused(String why) {
        return new ModelException(file + ": " + why);
    }

    ModelException refused(String why, Throwable cause) {
        return new ModelException(file + ": " + why, cause);
    }
}
