package io.github.camellva.grpc.server;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camellva.grpc.thread.RateLimitedLog;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;

/** Turns connections away, before any call: those beyond what is served in all, and those that an address opens beyond its share. */
final class ConnectionLimit extends ServerTransportFilter {

    private final ServerLimits limits;
    private final Shares shares;
    private final AtomicInteger connections = new AtomicInteger();
    private final RateLimitedLog log;

    ConnectionLimit(ServerLimits limits, RateLimitedLog log) {
        this.limits = limits;
        this.shares = new Shares(limits.connectionsPerPeer());
        this.log = log;
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        SocketAddress peer = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (!shares.take(peer)) {
            throw refusal(peer, "at most " + limits.connectionsPerPeer().of(peer)
                                + " connections from one address are served (maxConnectionsPerPeer)");
        }
        if (connections.incrementAndGet() > limits.maxConnections()) {
            giveBack(peer);
            throw refusal(peer, "at most " + limits.maxConnections() + " connections are served (maxConnections)");
        }
        return attributes;
    }

    /** @param attributes null for a connection that never became ready, or was refused */
    @Override
    public void transportTerminated(Attributes attributes) {
        if (attributes != null) {
            giveBack(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        }
    }

    private void giveBack(SocketAddress peer) {
        connections.decrementAndGet();
        shares.giveBack(peer);
    }

    /** gRPC has no other way to refuse a connection; Netty looks for its own exception in the cause, and tells the peer. */
    private RuntimeException refusal(SocketAddress peer, String why) {
        log.warn("A connection from {} was refused: {}", peer, why);
        return new IllegalStateException(why, Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, why));
    }
}
