package io.github.camellva.examples.quickstart;

/** How fast frames are sent. */
public enum Pace {

    /** As they were taken. */
    REALTIME,
    /** As fast as they are answered. */
    UNLIMITED
}
