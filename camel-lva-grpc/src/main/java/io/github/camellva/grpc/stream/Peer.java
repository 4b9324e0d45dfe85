package io.github.camellva.grpc.stream;

import java.util.Map;

/**
 * Who opened a session.
 *
 * @param address      address and port
 * @param traceContext what a tracer of the peer sent along, by the names of W3C Trace Context; usually empty
 */
public record Peer(String address, Map<String, String> traceContext) {

    public Peer {
        traceContext = Map.copyOf(traceContext);
    }
}
