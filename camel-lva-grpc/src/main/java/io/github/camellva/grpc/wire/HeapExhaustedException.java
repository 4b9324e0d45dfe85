package io.github.camellva.grpc.wire;

import java.io.IOException;

/** A message would take more memory beside its frame than it may. */
final class HeapExhaustedException extends IOException {

    private static final long serialVersionUID = 1L;

    HeapExhaustedException(int bytes) {
        super("the message would take more than " + bytes
              + " bytes of memory beside its frame; send fewer inferences, or shorter texts in them and in the descriptor");
    }
}
