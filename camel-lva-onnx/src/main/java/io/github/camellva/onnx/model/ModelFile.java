package io.github.camellva.onnx.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.onnx.detect.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is.
 *
 * @param name     that it is chosen by
 * @param file     in ONNX format; null for a resource
 * @param resource in ONNX format; null for a file
 */
public record ModelFile(String name, @Nullable Path file, @Nullable URL resource) {

    private static final String SUFFIX = ".onnx";
    private static final String CLASS_PATH = "classpath:";

    /** Named after the file. */
    static ModelFile of(Path file) {
        return new ModelFile(nameOf(String.valueOf(file.getFileName())), file, null);
    }

    /**
     * A file, all of a directory that are named {@code *.onnx}, in the order of their names, or a resource of the class path.
     *
     * @param classPath finds resources; null for one that it does not have
     */
    public static List<ModelFile> allOf(String location, Function<String, URL> classPath) throws ModelException {
        if (location.startsWith(CLASS_PATH)) {
            URL resource = classPath.apply(location.substring(CLASS_PATH.length()));
            if (resource == null) {
                throw new ModelException(location + ": the class path has no such resource");
            }
            return List.of(new ModelFile(nameOf(location.substring(location.lastIndexOf('/') + 1)), null, resource));
        }
        Path path = path(location);
        if (!Files.exists(path)) {
            throw new ModelException(path + ": there is no such file");
        }
        return Files.isDirectory(path) ? allIn(path) : List.of(of(path));
    }

    OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options) throws OrtException, IOException {
        if (resource == null) {
            return environment.createSession(String.valueOf(file), options);
        }
        try (InputStream content = resource.openStream()) {
            return environment.createSession(content.readAllBytes(), options);
        }
    }

    /** Of the option, if it is given, or of the file beside the model with {@code .txt}, if there is one. */
    Optional<Labels> labels(@Nullable String option) throws IOException {
        if (option != null) {
            return Optional.of(Labels.ofOption(option));
        }
        Path beside = file == null ? null : file.resolveSibling(name + ".txt");
        return beside != null && Files.isRegularFile(beside) ? Optional.of(Labels.ofFile(beside)) : Optional.empty();
    }

    /** Differs when the file has changed; null while there is none. */
    @Nullable
    Object version() {
        try {
            return file == null ? null : List.of(Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException e) {
            return null;
        }
    }

    ModelException refused(String why, Throwable cause) {
        return new ModelException((file == null ? resource : file) + ": " + why, cause);
    }

    private static Path path(String location) throws ModelException {
        try {
            return Path.of(location.replaceFirst("^file:(//(?=/))?", ""));
        } catch (InvalidPathException e) {
            throw new ModelException("model '" + Printable.of(location) + "' is no path: " + e.getReason(), e);
        }
    }

    private static List<ModelFile> allIn(Path directory) throws ModelException {
        try (Stream<Path> files = Files.list(directory)) {
            List<ModelFile> models = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted()
                    .map(ModelFile::of).toList();
            if (models.isEmpty()) {
                throw new ModelException(directory + ": the directory has no file named *" + SUFFIX);
            }
            return models;
        } catch (IOException e) {
            throw new ModelException(directory + ": the directory cannot be read: " + e.getMessage(), e);
        }
    }

    private static String nameOf(String fileName) {
        return fileName.endsWith(SUFFIX) ? fileName.substring(0, fileName.length() - SUFFIX.length()) : fileName;
    }
}
