package io.github.camellva.examples.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.grpc.stream.DataTransfer;

/**
 * What the user chose.
 *
 * @param frames   how many to send at most
 * @param video    the file to decode; the built-in scene without one
 * @param transfer embedded, or through shared memory
 * @param pace     how fast frames are sent
 */
public record Settings(OptionalLong frames, Optional<Path> video, DataTransfer transfer, Pace pace) {

    /** Of {@code -Dframes}, {@code -Dvideo}, {@code -Dtransfer} and {@code -Drealtime}. */
    public static Settings of(Properties properties) throws UsageException {
        return new Settings(
                frames(properties.getProperty("frames")), video(properties.getProperty("video")),
                transfer(properties.getProperty("transfer", DataTransfer.EMBEDDED.label())),
                pace(properties.getProperty("realtime", "true")));
    }

    /** What is to be sent. */
    FrameSource openSource() throws UsageException {
        return video.isPresent() ? VideoSource.open(video.get()) : new SceneSource(frames.orElse(SceneSource.DEFAULT_FRAMES));
    }

    private static OptionalLong frames(String value) throws UsageException {
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            long frames = Long.parseLong(value);
            if (frames > 0) {
                return OptionalLong.of(frames);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("-Dframes=" + value + ": a whole number from 1 on is accepted, for instance -Dframes=60");
    }

    private static Optional<Path> video(String value) throws UsageException {
        if (value == null) {
            return Optional.empty();
        }
        Path file = Path.of(value);
        if (!Files.exists(file)) {
            throw new UsageException("-Dvideo=" + value + ": there is no file " + file.toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(
                    "-Dvideo=" + value + ": " + file.toAbsolutePath() + " is a directory; a video file is accepted");
        }
        return Optional.of(file);
    }

    private static DataTransfer transfer(String value) throws UsageException {
        for (DataTransfer transfer : new DataTransfer[] { DataTransfer.EMBEDDED, DataTransfer.SHARED_MEMORY }) {
            if (transfer.label().equals(value)) {
                return transfer;
            }
        }
        throw new UsageException("-Dtransfer=" + value + ": accepted are embedded and sharedMemory");
    }

    private static Pace pace(String value) throws UsageException {
        return switch (value) {
            case "true" -> Pace.REALTIME;
            case "false" -> Pace.UNLIMITED;
            default -> throw new UsageException("-Drealtime=" + value + ": accepted are true and false");
        };
    }
}
