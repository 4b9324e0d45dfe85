package io.github.camellva.grpc.server;

import java.time.Duration;

/**
 * What peers may cost a server, whoever they are.
 *
 * @param maxSessions        at once
 * @param sessionsPerPeer    of them, from one remote address
 * @param maxConnections     at once
 * @param connectionsPerPeer of them, from one remote address
 * @param maxConnectionIdle  how long a connection may be without a call
 * @param messageTimeout     how long a message may take from its first byte to its last
 * @param sendTimeout        how long answers may wait for the peer to take them
 * @param maxMetadataSize    of one call, bytes
 * @param keepAliveTime      of silence, after which a peer is asked whether it is still there
 */
public record ServerLimits(
        int maxSessions, PeerShare sessionsPerPeer, int maxConnections, PeerShare connectionsPerPeer, Duration maxConnectionIdle,
        Duration messageTimeout, Duration sendTimeout, int maxMetadataSize, Duration keepAliveTime) {
}
