package io.github.camellva.grpc.stream;

import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryException;

/** Finds the buffer that a node offers. */
@FunctionalInterface
public interface SharedMemoryOpener {

    /**
     * May touch the file system.
     *
     * @param  handleName            as the node gave it
     * @param  lengthBytes           as the node gave it, unsigned
     * @return                       the buffer, held once for the caller
     * @throws SharedMemoryException if it cannot be used
     */
    SharedMemory open(String handleName, long lengthBytes) throws SharedMemoryException;
}
