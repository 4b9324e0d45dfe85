package io.github.camellva.examples.camera;

/** How fast frames are sent. */
public enum Pace {

    /** As they were taken. */
    REALTIME,
    /** As fast as they are answered. */
    UNLIMITED,
    /** As they come: those that come while too many wait for their answer are left out, so that answers do not fall behind. */
    LIVE
}
