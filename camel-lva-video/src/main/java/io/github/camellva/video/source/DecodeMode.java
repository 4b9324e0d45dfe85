package io.github.camellva.video.source;

/** Which frames of a stream are decoded. */
public enum DecodeMode {

    ALL,
    /** Those that need no others, which take a fraction of the time. */
    KEYFRAMES
}
