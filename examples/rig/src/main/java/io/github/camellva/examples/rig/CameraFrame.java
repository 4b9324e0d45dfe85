package io.github.camellva.examples.rig;

/**
 * A frame that was sent.
 *
 * @param camera    also the name of the graph instance
 * @param number    1 for the first of its camera
 * @param timestamp in ticks, 90000 per second since 1970; no other frame of the camera has it
 */
public record CameraFrame(String camera, long number, long timestamp) {
}
