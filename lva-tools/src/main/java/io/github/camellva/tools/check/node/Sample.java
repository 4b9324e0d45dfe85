package io.github.camellva.tools.check.node;

import io.github.camellva.proto.MediaSample;

/**
 * A sample that came from the node.
 *
 * @param media what it carries
 */
record Sample(long number, MediaSample media) {
}
