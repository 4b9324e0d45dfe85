package io.github.camellva.grpc;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.camellva.grpc.InferenceCheck.InvalidInferences;
import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** Reads options, for both directions. Each refusal names the option, its value, and what is accepted. */
final class Options {

    static final Set<Encoding> ENCODINGS = EnumSet.complementOf(EnumSet.of(Encoding.UNRECOGNIZED));
    static final Set<PixelFormat> PIXEL_FORMATS
            = EnumSet.complementOf(EnumSet.of(PixelFormat.UNRECOGNIZED, PixelFormat.NONE));

    private Options() {
    }

    /** Checks the options that both directions have. */
    static void requireValid(LvaGrpcConfiguration configuration) {
        requireRange("maxMessageSize", configuration.getMaxMessageSize(), 1, Integer.MAX_VALUE);
        requireRange("maxInFlight", configuration.getMaxInFlight(), 1, 10_000);
        requireRange("maxSessions", configuration.getMaxSessions(), 1, 1_000_000);
        requireRange("poolSize", configuration.getPoolSize(), 1, 10_000);
        requireRange("healthWindow", configuration.getHealthWindow(), 0, 100_000);
        requireShare("healthFailureRatio", configuration.getHealthFailureRatio());
        requireTogether("username", configuration.getUsername(), "password", configuration.getPassword());
        requireTogether(
                "keyCertChainResource", configuration.getKeyCertChainResource(), "keyResource", configuration.getKeyResource());
        if (configuration.getSslContextParameters() != null && configuration.getKeyCertChainResource() != null) {
            throw new IllegalArgumentException("set either sslContextParameters or the PEM files, not both");
        }
        credentials(configuration);
        invalidInferences(configuration);
    }

    static InvalidInferences invalidInferences(LvaGrpcConfiguration configuration) {
        return choice("invalidInferences", configuration.getInvalidInferences(), InvalidInferences.class);
    }

    /** Null when there are none. */
    static Credentials credentials(LvaGrpcConfiguration configuration) {
        return configuration.getUsername() == null
                ? null : new Credentials(configuration.getUsername(), configuration.getPassword());
    }

    static Encoding encoding(String option, String name) {
        return one(option, name, ENCODINGS, Encoding::name);
    }

    static PixelFormat pixelFormat(String option, String name) {
        return one(option, name, PIXEL_FORMATS, PixelFormat::name);
    }

    /** One of an enum whose constants users write in lower case. */
    static <E extends Enum<E>> E choice(String option, String name, Class<E> type) {
        return one(option, name, EnumSet.allOf(type), value -> value.name().toLowerCase(Locale.ROOT));
    }

    /** The named constants, separated by commas; all if none is named. */
    static <T> Set<T> several(String option, String names, Set<T> values, Function<T, String> nameOf) {
        return names == null || names.isBlank()
                ? values
                : Arrays.stream(names.split(",")).map(name -> one(option, name.trim(), values, nameOf))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** The constant of that name, in upper or lower case. */
    static <T> T one(String option, String name, Collection<T> values, Function<T, String> nameOf) {
        return values.stream().filter(value -> nameOf.apply(value).equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        option + " '" + name + "' is unknown; accepted are "
                                                                + values.stream().map(nameOf).collect(Collectors.joining(", "))));
    }

    static void requireRange(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be from " + least + " to " + most);
        }
    }

    private static void requireShare(String option, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be above 0, and 1 at most");
        }
    }

    private static void requireTogether(String first, String firstValue, String second, String secondValue) {
        if ((firstValue == null) != (secondValue == null)) {
            throw new IllegalArgumentException(
                    (firstValue == null ? second : first) + " is set and " + (firstValue == null ? first : second)
                                               + " is not; they belong together");
        }
    }
}
