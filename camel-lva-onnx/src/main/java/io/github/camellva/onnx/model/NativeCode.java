package io.github.camellva.onnx.model;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Path;

import ai.onnxruntime.OrtEnvironment;

/**
 * Loads ONNX Runtime so that nothing stays of it: it unpacks its native code to a temporary directory, and has the JVM delete
 * at its end first the directory, which is not empty then, and then the files.
 */
final class NativeCode {

    private NativeCode() {
    }

    /** @throws ModelException if there is none for this machine */
    static OrtEnvironment environment() throws ModelException {
        try {
            return Loaded.ENVIRONMENT;
        } catch (LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ModelException(
                    "ONNX Runtime's native code cannot be loaded on " + System.getProperty("os.name") + " "
                                     + System.getProperty("os.arch") + ": " + cause.getMessage()
                                     + "; it runs on Linux (glibc 2.27 or newer) and Windows on x64, Linux and macOS on arm64",
                    e);
        }
    }

    /** Loads it at its first use. */
    private static final class Loaded {

        static final OrtEnvironment ENVIRONMENT = load();

        private static OrtEnvironment load() {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            Path directory = directory();
            if (directory != null) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory.toFile()), "native code"));
            }
            return environment;
        }

        /** Where it was unpacked to; null if that cannot be told: then an empty directory stays, and nothing else is different. */
        private static Path directory() {
            try {
                Field directory = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
                directory.setAccessible(true);
                return (Path) directory.get(null);
            } catch (ReflectiveOperationException | RuntimeException e) {
                return null;
            }
        }

        /** Where files that are in use cannot be deleted, they stay. */
        private static void delete(File directory) {
            File[] files = directory.listFiles();
            if (files != null) {
                for (File file : files) {
                    file.delete();
                }
            }
            directory.delete();
        }
    }
}
