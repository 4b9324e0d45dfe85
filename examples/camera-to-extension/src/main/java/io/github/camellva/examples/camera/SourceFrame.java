package io.github.camellva.examples.camera;

import java.time.Instant;

/**
 * A frame of a source.
 *
 * @param taken   when; of a recording as if it was taken while it is played
 * @param picture the body of a message: a {@link java.awt.image.BufferedImage} or the bytes of a picture file; the frame's own
 */
record SourceFrame(Instant taken, Object picture) {
}
