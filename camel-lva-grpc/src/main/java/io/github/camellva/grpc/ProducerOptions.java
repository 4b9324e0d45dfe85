package io.github.camellva.grpc;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camellva.grpc.client.FrameMemoryFactory;
import io.github.camellva.grpc.client.PoolSettings;
import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.DataTransfer;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * What the options of an endpoint mean to a producer.
 *
 * @param pool        how sessions are opened and closed
 * @param responseTimeout how long to wait for an answer, for room, and for the end of sessions
 * @param whenFull    what happens to an exchange for which there is no room
 * @param onNotProcessed what happens to an exchange whose frame the extension did not process
 * @param invalidInferences what happens to inferences that no model can mean
 * @param onTruncated what happens to a JPG picture whose end is missing
 * @param encoding    of sent pictures; empty when headers decide
 * @param pixelFormat of sent RAW pictures; empty when headers decide
 * @param scale       the size to scale to; empty to leave pictures unchanged
 * @param timescale   ticks per second; empty when headers decide
 */
record ProducerOptions(
        PoolSettings pool, Duration responseTimeout, WhenFull whenFull, OnNotProcessed onNotProcessed,
        InferenceCheck.InvalidInferences invalidInferences, OnTruncated onTruncated,
        Optional<Encoding> encoding, Optional<PixelFormat> pixelFormat,
        Optional<ScaleTarget> scale, Optional<Integer> timescale) {

    /** What happens to an exchange for which there is no room. */
    enum WhenFull {
        BLOCK, FAIL
    }

    /** What happens to an exchange whose frame was not processed. */
    enum OnNotProcessed {
        ACCEPT, FAIL
    }

    /** What happens to a JPG picture whose end is missing. */
    enum OnTruncated {
        SEND, FAIL
    }

    /** @throws IllegalArgumentException naming the invalid option, its value, and what is accepted */
    static ProducerOptions of(LvaGrpcConfiguration configuration) {
        Options.requireValid(configuration);
        Options.requireRange("port", configuration.getPort(), 1, 65535);
        Options.requireRange("jpegQuality", configuration.getJpegQuality(), 0, 100);
        Options.requireRange("strideBytes", configuration.getStrideBytes(), 0, Integer.MAX_VALUE);
        Options.requireRange("responseTimeout", configuration.getResponseTimeout(), 1, Integer.MAX_VALUE);
        Options.requireRange("sessionIdleTimeout", configuration.getSessionIdleTimeout(), 1, Integer.MAX_VALUE);
        double rate = configuration.getMaximumSamplesPerSecond();
        if (rate < 0 || !Double.isFinite(rate)) {
            throw new IllegalArgumentException("maximumSamplesPerSecond is " + rate + "; it must be 0, for all, or more");
        }
        Optional<Integer> timescale = Optional.ofNullable(configuration.getTimescale());
        timescale.ifPresent(ticks -> Options.requireRange("timescale", ticks, 1, Integer.MAX_VALUE));
        return new ProducerOptions(
                pool(configuration), Duration.ofMillis(configuration.getResponseTimeout()),
                Options.choice("whenFull", configuration.getWhenFull(), WhenFull.class),
                Options.choice("onNotProcessed", configuration.getOnNotProcessed(), OnNotProcessed.class),
                Options.invalidInferences(configuration),
                Options.choice("onTruncated", configuration.getOnTruncated(), OnTruncated.class),
                Optional.ofNullable(configuration.getEncoding()).map(name -> Options.encoding("encoding", name)),
                Optional.ofNullable(configuration.getPixelFormat()).map(name -> Options.pixelFormat("pixelFormat", name)),
                scale(configuration), timescale);
    }

    private static PoolSettings pool(LvaGrpcConfiguration configuration) {
        DataTransfer transfer = Options.one(
                "dataTransfer", configuration.getDataTransfer(), List.of(DataTransfer.EMBEDDED, DataTransfer.SHARED_MEMORY),
                DataTransfer::label);
        return new PoolSettings(
                configuration.address(), transfer == DataTransfer.SHARED_MEMORY ? memory(configuration) : null,
                Duration.ofMillis(configuration.getSessionIdleTimeout()), configuration.getMaxSessions());
    }

    private static FrameMemoryFactory memory(LvaGrpcConfiguration configuration) {
        Options.requireRange("sharedMemorySizeMiB", configuration.getSharedMemorySizeMiB(), 1, 2047);
        Path directory = Path.of(configuration.getSharedMemoryDirectory());
        int lengthBytes = configuration.getSharedMemorySizeMiB() << 20;
        Set<PosixFilePermission> permissions = permissions(configuration.getSharedMemoryChmod());
        return () -> SharedMemorySender.create(directory, lengthBytes, permissions);
    }

    private static Set<PosixFilePermission> permissions(String chmod) {
        if (!chmod.matches("0?[0-7]{3}")) {
            throw new IllegalArgumentException(
                    "sharedMemoryChmod is '" + chmod + "'; it must be three octal digits, for instance 660 or 666");
        }
        int bits = Integer.parseInt(chmod, 8);
        // the constants are in the order of the bits, the owner's right to read first
        return Arrays.stream(PosixFilePermission.values()).filter(right -> (bits & 0400 >> right.ordinal()) != 0)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PosixFilePermission.class)));
    }

    private static Optional<ScaleTarget> scale(LvaGrpcConfiguration configuration) {
        ScaleMode mode = Options.one(
                "scaleMode", configuration.getScaleMode(), List.of(ScaleMode.values()), ScaleMode::toString);
        int width = configuration.getWidth();
        int height = configuration.getHeight();
        return width == 0 && height == 0 ? Optional.empty() : Optional.of(new ScaleTarget(mode, width, height));
    }
}
