package io.github.camellva.examples.quickstart;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import io.github.camellva.examples.rig.Box;

/**
 * A frame that a node sends.
 *
 * @param number   1 for a source's first
 * @param position after the source's first frame
 * @param pixels   the frame's own, in BGR24
 * @param objects  where what moves truly is; empty when that is not known
 */
record SourceFrame(long number, Duration position, ByteBuffer pixels, List<Box> objects) {
}
