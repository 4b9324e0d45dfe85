package io.github.camellva.video;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.video.source.DecodeMode;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Overflow;
import io.github.camellva.video.source.PictureFormat;
import io.github.camellva.video.source.PlaySettings;
import io.github.camellva.video.source.Transport;
import org.jspecify.annotations.Nullable;

/** Reads the options, and says what is accepted where one is not. */
final class VideoOptions {

    private static final int MOST_FRAMES_PER_SECOND = 1000;
    private static final int MOST_IN_FLIGHT = 10_000;

    private VideoOptions() {
    }

    static InputSettings input(LvaVideoConfiguration options) {
        requireRange("jpegQuality", options.getJpegQuality(), 0, 100);
        Map<String, String> ffmpeg = new LinkedHashMap<>();
        options.getFfmpegOptions().forEach((name, value) -> ffmpeg.put(name, String.valueOf(value)));
        return new InputSettings(
                options.address(), choice("format", options.getFormat(), PictureFormat.values(), Enum::name), scaling(options),
                options.getJpegQuality(), choice("decode", options.getDecode(), DecodeMode.values(), VideoOptions::lowerCase),
                choice("transport", options.getTransport(), Transport.values(), VideoOptions::lowerCase),
                positiveMillis("connectTimeout", options.getConnectTimeout()),
                positiveMillis("readTimeout", options.getReadTimeout()), positiveMillis("pictureInterval", options.getPictureInterval()), ffmpeg);
    }

    /** @param name asked for when it is needed, since a route has its id late */
    static PlaySettings play(LvaVideoConfiguration options, Supplier<String> name) {
        requireRange("framesPerSecond", options.getFramesPerSecond(), 0, MOST_FRAMES_PER_SECOND);
        requireRange("maxFrames", options.getMaxFrames(), 0, Long.MAX_VALUE);
        return new PlaySettings(
                name, options.getFramesPerSecond(), options.getMaxFrames(), options.isRealtime(), options.isLoop(),
                options.getOverflow() == null ? null : choice("overflow", options.getOverflow(), Overflow.values(), VideoOptions::lowerCase),
                positiveMillis("reconnectDelay", options.getReconnectDelay()),
                positiveMillis("maxReconnectDelay", options.getMaxReconnectDelay()));
    }

    static AtEnd atEnd(LvaVideoConfiguration options) {
        return choice("atEnd", options.getAtEnd(), AtEnd.values(), AtEnd::toString);
    }

    static int maxInFlight(LvaVideoConfiguration options) {
        requireRange("maxInFlight", options.getMaxInFlight(), 1, MOST_IN_FLIGHT);
        return options.getMaxInFlight();
    }

    static Duration positiveMillis(String option, long millis) {
        requireRange(option, millis, 1, Integer.MAX_VALUE);
        return Duration.ofMillis(millis);
    }

    static void requireRange(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s is %s; it must be from %s to %s", option, plain(value), plain(least), plain(most)));
        }
    }

    static <T> T choice(String option, String name, T[] values, Function<T, String> nameOf) {
        return Arrays.stream(values).filter(value -> nameOf.apply(value).equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        option + " '" + name + "' is unknown; accepted are "
                                                                + Arrays.stream(values).map(nameOf).collect(Collectors.joining(", "))));
    }

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable ScaleTarget scaling(LvaVideoConfiguration options) {
        ScaleMode mode = choice("scaleMode", options.getScaleMode(), ScaleMode.values(), ScaleMode::toString);
        return options.getWidth() == 0 && options.getHeight() == 0 ? null : new ScaleTarget(mode, options.getWidth(), options.getHeight());
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE ? Long.toString((long) value) : Double.toString(value);
    }
}
