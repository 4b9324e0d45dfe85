package io.github.camellva.grpc.server;

import java.net.InetSocketAddress;

import io.github.camellva.grpc.wire.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an extension listens.
 *
 * @param address     port 0 takes any free port
 * @param credentials that nodes must send; null when they need none
 * @param limits      what peers may cost
 */
public record ServerSettings(InetSocketAddress address, ServerTls tls, @Nullable Credentials credentials, ServerLimits limits) {
}
