package io.github.camellva.video.source;

/** What happens to a frame when the route is busy. */
public enum Overflow {

    /** It waits, and gives way to a fresher one. */
    SKIP,
    /** The source waits. */
    BLOCK
}
