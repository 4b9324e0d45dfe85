package io.github.camellva.examples.rig;

/** How fast frames are sent. */
public enum Pace {

    /** When they are due. Those that are due while too many wait for their answer are left out, as a camera's pipeline does. */
    REALTIME,
    /** When they are due, and later if too many wait for their answer: a recording is sent whole. */
    PLAYBACK,
    /** As fast as they are answered. */
    UNLIMITED
}
