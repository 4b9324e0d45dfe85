package io.github.camellva.grpc;

import java.net.InetSocketAddress;

import org.slf4j.Logger;

/** Warns of what a consumer leaves open to everybody who reaches its port. */
final class Exposure {

    private Exposure() {
    }

    static void warn(String routeId, LvaGrpcConfiguration configuration, Logger log) {
        InetSocketAddress address = new InetSocketAddress(configuration.getHost(), configuration.getPort());
        if (address.isUnresolved() || address.getAddress().isLoopbackAddress()) {
            return;
        }
        if (!asksWhoItIs(configuration)) {
            log.warn("Route {} listens on {} without credentials: whoever reaches that port may send frames. Set username and"
                     + " password, require certificates with trustCertCollectionResource, or listen on 127.0.0.1",
                    routeId, configuration.address());
        }
        if (configuration.getSharedMemory().equalsIgnoreCase("true")) {
            log.warn("Route {} listens on {} and takes shared memory: whoever opens a session there may name a file of {} to be"
                     + " read. Set sharedMemory=local for nodes on this machine, or sharedMemory=false",
                    routeId, configuration.address(), configuration.getSharedMemoryDirectory());
        }
    }

    private static boolean asksWhoItIs(LvaGrpcConfiguration configuration) {
        return configuration.getUsername() != null || configuration.getTrustCertCollectionResource() != null
               || configuration.getSslContextParameters() != null
                  && configuration.getSslContextParameters().getServerParameters() != null
                  && "REQUIRE".equals(configuration.getSslContextParameters().getServerParameters().getClientAuthentication());
    }
}
