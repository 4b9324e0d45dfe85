package io.github.camellva.examples.camera;

import java.io.IOException;
import java.util.Optional;

/** Where frames come from. */
interface Source extends AutoCloseable {

    /** Whether frames wait until they are asked for. */
    enum Kind {
        RECORDING, LIVE
    }

    /** For the pipeline that sends the frames, so of letters, digits, '.', '_' and '-'. */
    String name();

    /** For people. */
    String description();

    Kind kind();

    /** The next frame; empty at the end. */
    Optional<SourceFrame> next() throws IOException;

    @Override
    default void close() throws IOException {
        // not all have something to close
    }
}
