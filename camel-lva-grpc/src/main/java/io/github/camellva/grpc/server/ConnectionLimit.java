package io.github.camellva.grpc.server;

import java.net.SocketAddress;

import io.github.camellva.grpc.thread.RateLimitedLog;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;

/** Turns connections away that an address opens beyond its share, before any call. */
final class ConnectionLimit extends ServerTransportFilter {

    private final int maxConnectionsPerPeer;
    private final Shares connections;
    private final RateLimitedLog log;

    ConnectionLimit(int maxConnectionsPerPeer, RateLimitedLog log) {
        this.maxConnectionsPerPeer = maxConnectionsPerPeer;
        this.connections = new Shares(maxConnectionsPerPeer);
        this.log = log;
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        SocketAddress peer = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (!connections.take(peer)) {
            String why = "at most " + maxConnectionsPerPeer + " connections from one address are served (maxConnectionsPerPeer)";
            log.warn("A connection from {} was refused: {}", peer, why);
            // gRPC has no other way to refuse a connection; Netty looks for its own exception in the cause, and tells the peer
            throw new IllegalStateException(why, Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, why));
        }
        return attributes;
    }

    /** @param attributes null for a connection that never became ready, or was refused */
    @Override
    public void transportTerminated(Attributes attributes) {
        if (attributes != null) {
            connections.giveBack(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        }
    }
}
