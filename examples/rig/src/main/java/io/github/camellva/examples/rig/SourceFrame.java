package io.github.camellva.examples.rig;

import java.time.Instant;

/**
 * A frame of a source.
 *
 * @param taken   when; a frame of a recording is taken when it is due while the recording is played
 * @param picture the body of a message; nobody else writes to it
 */
public record SourceFrame(Instant taken, Object picture) {
}
