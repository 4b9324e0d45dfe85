package io.github.camellva.grpc.stream;

import java.time.Duration;

/**
 * What a node may cost an extension beside its frames.
 *
 * @param handshakeTimeout       how long a node may take for its descriptor
 * @param maxIdle                how long a node may say nothing in an open session
 * @param maxNameLength          of each name and id in a descriptor, characters
 * @param maxConfigurationLength of a descriptor's extension_configuration, characters
 */
public record SessionLimits(
        Duration handshakeTimeout, Duration maxIdle, int maxNameLength, int maxConfigurationLength) {
}
