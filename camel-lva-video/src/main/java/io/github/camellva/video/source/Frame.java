package io.github.camellva.video.source;

/**
 * A frame for the route.
 *
 * @param takenMicros when it was taken, in microseconds since 1970
 */
public record Frame(Picture picture, long takenMicros) {
}
