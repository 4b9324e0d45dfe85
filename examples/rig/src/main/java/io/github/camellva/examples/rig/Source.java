package io.github.camellva.examples.rig;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Where frames come from. */
public interface Source extends AutoCloseable {

    /** Whether frames wait until they are asked for. */
    enum Kind {
        RECORDING, LIVE
    }

    /** Names the graph instance that sends the frames, so it has letters, digits, '.', '_' and '-' only. */
    String name();

    /** For people. */
    String description();

    Kind kind();

    /** Bytes of a frame's bare pixels; 0 when that is not known. */
    default long frameBytes() {
        return 0;
    }

    /** Of the message of each frame. */
    default Map<String, Object> headers() {
        return Map.of();
    }

    /** The next frame; empty at the end. */
    Optional<SourceFrame> next() throws IOException;

    @Override
    default void close() throws IOException {
        // not all have something to close
    }
}
