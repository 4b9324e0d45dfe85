package io.github.camellva.grpc.peers;

import java.nio.file.Path;
import java.util.Optional;

import io.grpc.Status;

/** Intel's DL Streamer server of any version: all its samples have number 0, and whatever goes wrong is UNKNOWN. */
abstract class IntelServer extends PublishedServer {

    IntelServer(Path sharedMemoryDirectory) {
        super(sharedMemoryDirectory);
    }

    @Override
    final long numberOf(long index) {
        return index == 0 ? 1 : 0;
    }

    @Override
    final int streamsAtOnce() {
        return 10;
    }

    @Override
    final Optional<Status> descriptorFailed(Exception cause) {
        return unknown(cause);
    }

    @Override
    final Optional<Status> sampleFailed(Exception cause) {
        return unknown(cause);
    }

    private static Optional<Status> unknown(Exception cause) {
        return Optional.of(Status.UNKNOWN.withDescription("Exception iterating responses: " + cause.getMessage()));
    }
}
