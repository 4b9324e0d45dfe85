package io.github.camellva.onnx.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.camellva.onnx.detect.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is.
 *
 * @param name that it is chosen by
 * @param file in ONNX format
 */
public record ModelFile(String name, Path file) {

    private static final String SUFFIX = ".onnx";

    /** Named after the file. */
    public static ModelFile of(Path file) {
        String fileName = file.getFileName().toString();
        return new ModelFile(
                fileName.endsWith(SUFFIX) ? fileName.substring(0, fileName.length() - SUFFIX.length()) : fileName, file);
    }

    /** The file, or all of the directory named {@code *.onnx}, in the order of their names. */
    public static List<ModelFile> allOf(Path path) throws ModelException {
        if (!Files.isDirectory(path)) {
            return List.of(of(path));
        }
        try (Stream<Path> files = Files.list(path)) {
            List<ModelFile> models = files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted()
                    .map(ModelFile::of).toList();
            if (models.isEmpty()) {
                throw new ModelException(path + ": the directory has no file named *" + SUFFIX);
            }
            return models;
        } catch (IOException e) {
            throw new ModelException(path + ": the directory cannot be read: " + e.getMessage(), e);
        }
    }

    /** Of the option, if it is given, or of the file beside the model with {@code .txt}, if there is one. */
    Optional<Labels> labels(@Nullable String option) throws IOException {
        if (option != null) {
            return Optional.of(Labels.ofOption(option));
        }
        Path beside = file.resolveSibling(name + ".txt");
        return Files.isRegularFile(beside) ? Optional.of(Labels.ofFile(beside)) : Optional.empty();
    }

    /** Differs when the file has changed; null while there is none. */
    @Nullable
    Object version() {
        try {
            return List.of(Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException e) {
            return null;
        }
    }

    ModelException refused(String why, Throwable cause) {
        return new ModelException(file + ": " + why, cause);
    }
}
