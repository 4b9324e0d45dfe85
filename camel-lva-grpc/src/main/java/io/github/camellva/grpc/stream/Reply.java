package io.github.camellva.grpc.stream;

import java.util.List;

import io.github.camellva.proto.Inference;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told of a sample.
 *
 * @param found empty when the frame was looked at and nothing was found; null when it was not processed, which an acknowledgement
 *              without a sample says
 */
record Reply(@Nullable List<Inference> found) {

    static final Reply NOT_PROCESSED = new Reply(null);

    static Reply found(List<Inference> inferences) {
        return new Reply(inferences);
    }
}
