package io.github.camellva.grpc.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How the sessions of a pool are opened and closed.
 *
 * @param peer        host and port of the extension, for logs
 * @param memory      creates the shared memory of each session; null to embed frames in messages
 * @param idleTimeout how long without a sample closes a session
 * @param maxSessions open at once
 */
public record PoolSettings(String peer, @Nullable FrameMemoryFactory memory, Duration idleTimeout, int maxSessions) {
}
