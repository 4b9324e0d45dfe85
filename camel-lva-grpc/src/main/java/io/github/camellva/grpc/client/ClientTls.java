package io.github.camellva.grpc.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import org.jspecify.annotations.Nullable;

/** How a channel is secured: not at all, with PEM files, or with an SSL context of the JDK. */
@FunctionalInterface
public interface ClientTls {

    /** Starts a channel's configuration. */
    NettyChannelBuilder builder(String host, int port) throws IOException;

    /** Plain text. */
    static ClientTls none() {
        return (host, port) -> NettyChannelBuilder.forAddress(host, port, InsecureChannelCredentials.create());
    }

    /**
     * TLS with PEM files.
     *
     * @param trusted          authorities that must have issued the server's certificate; null for those that the JVM trusts
     * @param certificateChain to present to a server that asks for one; null for none
     * @param privateKey       of that certificate, PKCS#8; null for none
     * @param keyPassword      null for a key that is not encrypted
     */
    static ClientTls pem(
            byte @Nullable [] trusted, byte @Nullable [] certificateChain, byte @Nullable [] privateKey,
            @Nullable String keyPassword) {
        return (host, port) -> {
            TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
            if (trusted != null) {
                credentials.trustManager(new ByteArrayInputStream(trusted));
            }
            if (certificateChain != null) {
                credentials.keyManager(
                        new ByteArrayInputStream(certificateChain), new ByteArrayInputStream(privateKey), keyPassword);
            }
            try {
                return NettyChannelBuilder.forAddress(host, port, credentials.build());
            } catch (IllegalArgumentException e) {
                throw new IOException("the certificates or the private key cannot be used: " + e.getMessage(), e);
            }
        };
    }

    /**
     * TLS with a JDK context, and the protocols and cipher suites of its sockets: Netty alone would take the JVM's defaults,
     * whatever Camel has configured.
     */
    static ClientTls context(SSLContext context) throws IOException {
        SSLParameters parameters;
        try (SSLSocket configured = (SSLSocket) context.getSocketFactory().createSocket()) {
            parameters = configured.getSSLParameters();
        }
        ApplicationProtocolConfig http2 = new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN, ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, "h2");
        JdkSslContext netty = new JdkSslContext(
                context, true, List.of(parameters.getCipherSuites()), IdentityCipherSuiteFilter.INSTANCE, http2, ClientAuth.NONE,
                parameters.getProtocols(), false);
        return (host, port) -> NettyChannelBuilder.forAddress(host, port).sslContext(netty);
    }
}
