package io.github.camellva.examples.rig;

/** How fast cameras send. */
public enum Pace {

    /** 25 frames per second; those that come while too many wait for their answer are left out, as pipelines do. */
    REALTIME,
    /** As fast as frames are answered. */
    UNLIMITED
}
