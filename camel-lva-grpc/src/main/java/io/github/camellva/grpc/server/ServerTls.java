package io.github.camellva.grpc.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

import io.grpc.InsecureServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import org.jspecify.annotations.Nullable;

/** How a server is secured: not at all, with PEM files, or with an SSL context of the JDK. */
@FunctionalInterface
public interface ServerTls {

    /** Starts a server's configuration. */
    NettyServerBuilder builder(SocketAddress address) throws IOException;

    /** Plain text. */
    static ServerTls none() {
        return address -> NettyServerBuilder.forAddress(address, InsecureServerCredentials.create());
    }

    /**
     * TLS with PEM files, by the native TLS library where it is available.
     *
     * @param certificateChain of the server, starting with its own certificate
     * @param privateKey       PKCS#8
     * @param keyPassword      null for a key that is not encrypted
     * @param trusted          authorities that must have issued clients' certificates; null when clients need none
     */
    static ServerTls pem(byte[] certificateChain, byte[] privateKey, @Nullable String keyPassword, byte @Nullable [] trusted) {
        return address -> {
            TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder().keyManager(
                    new ByteArrayInputStream(certificateChain), new ByteArrayInputStream(privateKey), keyPassword);
            if (trusted != null) {
                credentials.trustManager(new ByteArrayInputStream(trusted))
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
            }
            try {
                return NettyServerBuilder.forAddress(address, credentials.build());
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "the certificates or the private key cannot be used: " + e.getMessage()
                                      + "; certificates must be X.509 and the key PKCS#8, both as PEM, and a key's password its own",
                        e);
            }
        };
    }

    /**
     * TLS with a JDK context, and the protocols, cipher suites and client authentication of its server sockets: Netty alone would
     * take the JVM's defaults, whatever Camel has configured.
     */
    static ServerTls context(SSLContext context) throws IOException {
        SSLParameters parameters;
        try (SSLServerSocket configured = (SSLServerSocket) context.getServerSocketFactory().createServerSocket()) {
            parameters = configured.getSSLParameters();
        }
        ApplicationProtocolConfig http2 = new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN, ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, "h2");
        JdkSslContext netty = new JdkSslContext(
                context, false, List.of(parameters.getCipherSuites()), IdentityCipherSuiteFilter.INSTANCE, http2,
                clientAuth(parameters), parameters.getProtocols(), false);
        return address -> NettyServerBuilder.forAddress(address).sslContext(netty);
    }

    private static ClientAuth clientAuth(SSLParameters parameters) {
        if (parameters.getNeedClientAuth()) {
            return ClientAuth.REQUIRE;
        }
        return parameters.getWantClientAuth() ? ClientAuth.OPTIONAL : ClientAuth.NONE;
    }
}
