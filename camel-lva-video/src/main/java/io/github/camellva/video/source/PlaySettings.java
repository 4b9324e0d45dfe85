package io.github.camellva.video.source;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * How a source is played.
 *
 * @param name            for people: the route
 * @param framesPerSecond 0 for all
 * @param maxFrames       0 for all
 * @param overflow        null: cameras skip, others wait
 */
public record PlaySettings(
        Supplier<String> name, double framesPerSecond, long maxFrames, boolean realtime, boolean loop, @Nullable Overflow overflow, Duration reconnectDelay,
        Duration maxReconnectDelay) {
}
