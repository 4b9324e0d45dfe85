package io.github.camellva.video;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.video.source.DecodeMode;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.PictureFormat;
import io.github.camellva.video.source.Transport;
import org.jspecify.annotations.Nullable;

/** Reads the options, and says what is accepted where one is not. */
final class VideoOptions {

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
                positiveMillis("readTimeout", options.getReadTimeout()), ffmpeg);
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
