package io.github.camellva.tools.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

import io.github.camellva.grpc.client.ClientTls;
import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.tools.CommandException;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for an extension that wants TLS or credentials. */
public final class Security {

    @Option(names = "--tls", description = "Connect with TLS.")
    private boolean tls;

    @Option(names = "--trust", paramLabel = "FILE",
            description = "Authorities that must have issued the extension's certificate; those that Java trusts if not set.")
    private @Nullable Path trust;

    @Option(names = "--cert", paramLabel = "FILE", description = "Certificate to present to an extension that asks for one.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Private key of that certificate, PKCS#8.")
    private @Nullable Path key;

    @Option(names = "--username", description = "Credentials of the protocol, sent as x-ms-authentication.")
    private @Nullable String username;

    @Option(names = "--password", arity = "0..1", interactive = true, paramLabel = "PASSWORD",
            description = "Asked for if no value follows.")
    private @Nullable String password;

    public boolean isSecured() {
        return tls || trust != null || certificate != null || key != null;
    }

    public boolean hasCredentials() {
        return username != null;
    }

    /** How to secure a channel. */
    public ClientTls tls() {
        SslContext context = sslContext();
        return context == null
                ? ClientTls.none()
                : (host, port) -> NettyChannelBuilder.forAddress(host, port).sslContext(context);
    }

    /** The same for a connection that gRPC does not make; null without TLS. */
    public @Nullable SslContext sslContext() {
        if (!isSecured()) {
            return null;
        }
        if ((certificate == null) != (key == null)) {
            throw new CommandException("--cert and --key belong together; set both, or neither");
        }
        try {
            SslContextBuilder context = GrpcSslContexts.forClient();
            if (trust != null) {
                context.trustManager(stream(trust));
            }
            if (certificate != null) {
                context.keyManager(stream(certificate), stream(key));
            }
            return context.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new CommandException("the certificates or the private key cannot be used: " + Causes.inWords(e), e);
        }
    }

    /** What goes with every call. */
    public Metadata headers() {
        if ((username == null) != (password == null)) {
            throw new CommandException("--username and --password belong together; set both, or neither");
        }
        try {
            return username == null || password == null ? new Metadata() : new Credentials(username, password).toHeaders();
        } catch (IllegalArgumentException e) {
            throw new CommandException("--username: " + e.getMessage(), e);
        }
    }

    private static InputStream stream(Path file) {
        try {
            return new ByteArrayInputStream(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read: " + Causes.inWords(e) + "; name a PEM file", e);
        }
    }
}
