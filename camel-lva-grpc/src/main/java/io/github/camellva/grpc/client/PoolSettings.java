package io.github.camellva.grpc.client;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;

/**
 * How the sessions of a pool are opened and closed.
 *
 * @param sharedMemory    of every session; null to embed frames in messages
 * @param maxInFlight     samples of a session that are sent and not answered
 * @param responseTimeout how long to wait for an answer
 * @param idleTimeout     a session without samples for so long is closed
 * @param maxSessions     open at once
 */
public record PoolSettings(
        MemorySettings sharedMemory, int maxInFlight, Duration responseTimeout, Duration idleTimeout, int maxSessions) {

    /**
     * The shared memory of one session.
     *
     * @param directory   where the file is made, {@code /dev/shm} on Linux
     * @param lengthBytes room for all frames in flight
     * @param permissions of the file
     */
    public record MemorySettings(Path directory, int lengthBytes, Set<PosixFilePermission> permissions) {
    }
}
