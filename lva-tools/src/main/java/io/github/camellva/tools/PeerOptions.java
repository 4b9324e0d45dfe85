package io.github.camellva.tools;

import java.io.IOException;

import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.Security;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The extension that a command has nothing but, and how it is spoken to. */
public final class PeerOptions {

    @Parameters(paramLabel = "HOST:PORT", description = "Where the extension listens, for instance localhost:5001.",
                converter = Address.Converter.class)
    private Address address;

    @Mixin
    private Security security = new Security();

    /** As the user typed it. */
    public String address() {
        return address.toString();
    }

    public String host() {
        return address.host();
    }

    public int port() {
        return address.port();
    }

    public boolean isSecured() {
        return security.isSecured();
    }

    public boolean hasCredentials() {
        return security.hasCredentials();
    }

    /** To be sent with every call; empty without credentials. */
    public Metadata headers() {
        return security.headers();
    }

    /** Starts the configuration of a channel to it. */
    public NettyChannelBuilder channel() {
        try {
            return security.tls().builder(host(), port());
        } catch (IOException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
