package io.github.camellva.examples.quickstart;

import java.io.IOException;
import java.util.Optional;

/** Where a node's frames come from, all of them of one size, in BGR24. */
interface FrameSource extends AutoCloseable {

    /** For the pipeline that sends the frames, so of letters, digits, '.', '_' and '-'. */
    String name();

    /** For people. */
    String description();

    int width();

    int height();

    int strideBytes();

    /** The next frame; empty at the end. */
    Optional<SourceFrame> next() throws IOException;

    @Override
    default void close() throws IOException {
        // most have nothing to close
    }
}
