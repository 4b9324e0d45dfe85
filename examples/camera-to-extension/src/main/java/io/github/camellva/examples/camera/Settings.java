package io.github.camellva.examples.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.grpc.stream.DataTransfer;

/**
 * What the user chose.
 *
 * @param source    a file, a directory, a URL or a webcam; FFmpeg's test pattern without one
 * @param extension host and port; one in this JVM without it
 * @param frames    how many to send at most
 * @param route     which of the two to use
 * @param transfer  embedded, or through shared memory
 * @param pace      how fast frames of a recording are sent
 */
public record Settings(
        Optional<String> source, Optional<String> extension, long frames, RouteLanguage route, DataTransfer transfer,
        Pace pace) {

    static final long FRAMES_OF_TEST_PATTERN = 250;

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /**
     * Of {@code -Dsource}, {@code -Dextension}, {@code -Dframes}, {@code -Droute}, {@code -Dtransfer} and {@code -Drealtime}.
     */
    public static Settings of(Properties properties) throws UsageException {
        Optional<String> source = Optional.ofNullable(properties.getProperty("source"));
        return new Settings(
                source, extension(properties.getProperty("extension")), frames(properties.getProperty("frames"), source),
                route(properties.getProperty("route", "yaml")),
                transfer(properties.getProperty("transfer", DataTransfer.EMBEDDED.label())),
                pace(properties.getProperty("realtime", "true")));
    }

    /** Where the frames come from. */
    Source openSource() throws IOException, UsageException {
        return source.isPresent() ? Sources.open(source.get()) : Sources.testPattern();
    }

    /** How fast the frames of a source are sent: nobody sets the pace of a camera. */
    Pace paceOf(Source opened) {
        return opened.kind() == Source.Kind.LIVE ? Pace.LIVE : pace;
    }

    private static Optional<String> extension(String value) throws UsageException {
        if (value == null) {
            return Optional.empty();
        }
        int colon = value.lastIndexOf(':');
        String port = value.substring(colon + 1);
        if (colon > 0 && !value.contains("/") && port.matches("\\d{1,5}") && isPort(Integer.parseInt(port))) {
            return Optional.of(value);
        }
        throw new UsageException("-Dextension=" + value + ": host:port is accepted, for instance -Dextension=localhost:5001");
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65535;
    }

    private static long frames(String value, Optional<String> source) throws UsageException {
        if (value == null) {
            return source.isPresent() ? Long.MAX_VALUE : FRAMES_OF_TEST_PATTERN;
        }
        try {
            long frames = Long.parseLong(value);
            if (frames > 0) {
                return frames;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("-Dframes=" + value + ": a whole number from 1 on is accepted, for instance -Dframes=60");
    }

    private static RouteLanguage route(String value) throws UsageException {
        return switch (value) {
            case "yaml" -> RouteLanguage.YAML;
            case "java" -> RouteLanguage.JAVA;
            default -> throw new UsageException("-Droute=" + value + ": accepted are yaml and java");
        };
    }

    private static DataTransfer transfer(String value) throws UsageException {
        if (DataTransfer.EMBEDDED.label().equals(value)) {
            return DataTransfer.EMBEDDED;
        } else if (!DataTransfer.SHARED_MEMORY.label().equals(value)) {
            throw new UsageException("-Dtransfer=" + value + ": accepted are embedded and sharedMemory");
        } else if (!Files.isDirectory(SHARED_MEMORY)) {
            throw new UsageException("-Dtransfer=" + value + ": there is no " + SHARED_MEMORY + " here; accepted is embedded");
        }
        return DataTransfer.SHARED_MEMORY;
    }

    private static Pace pace(String value) throws UsageException {
        return switch (value) {
            case "true" -> Pace.REALTIME;
            case "false" -> Pace.UNLIMITED;
            default -> throw new UsageException("-Drealtime=" + value + ": accepted are true and false");
        };
    }
}
