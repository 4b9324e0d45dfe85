package io.github.camellva.grpc.inference;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Bounds values made by hand as JSON text is bounded: they may contain themselves, or one another many times over. */
final class ValueLimits {

    /** An attribute in a list of documents is eight deep. */
    static final int MAX_DEPTH = 32;
    /** Some 20,000 entities; in memory each value takes about 50 bytes. */
    static final int MAX_VALUES = 1_000_000;

    private int values;

    private ValueLimits() {
    }

    /** @throws InvalidInferenceException if there is too much of it */
    static void require(Object value) {
        new ValueLimits().require(value, 0);
    }

    private void require(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidInferenceException("$", "is nested too deeply; at most " + MAX_DEPTH + " levels are accepted");
        }
        if (++values > MAX_VALUES) {
            throw new InvalidInferenceException("$", "has too many values; at most " + MAX_VALUES + " are accepted");
        }
        for (Object member : members(value)) {
            require(member, depth + 1);
        }
    }

    private static Iterable<?> members(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values();
        }
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        return value instanceof Collection<?> || value instanceof JsonNode ? (Iterable<?>) value : Arrays.asList();
    }
}
