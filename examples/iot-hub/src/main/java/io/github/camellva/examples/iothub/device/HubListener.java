package io.github.camellva.examples.iothub.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Is told how the connection to a hub fares, by any thread; it must not wait for anything. */
public interface HubListener {

    /** @param tokenExpiry when the hub would end it; empty with a certificate */
    void connected(Optional<Instant> tokenExpiry);

    /** A new connection with a fresh token has taken the place of the one before; nothing was lost. */
    void renewed(Instant tokenExpiry);

    /** The hub ended the connection, or could not be reached. Messages wait or fail until it is connected again. */
    void disconnected(String why, Duration retryIn);
}
