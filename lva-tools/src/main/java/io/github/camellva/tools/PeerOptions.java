package io.github.camellva.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camellva.grpc.client.ClientTls;
import io.github.camellva.grpc.wire.Credentials;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where an extension is, and how it is spoken to: what every command that calls one has. */
public final class PeerOptions {

    @Parameters(paramLabel = "HOST:PORT", description = "Where the extension listens, for instance localhost:5001.")
    private String address;

    @Option(names = "--username", paramLabel = "NAME", description = "Sent as x-ms-authentication, together with the password.")
    private String username;

    @Option(names = "--password", paramLabel = "WORD", interactive = true, arity = "0..1",
            description = "Without a value it is asked for and not shown.")
    private String password;

    @Option(names = "--tls", description = "Speak TLS, and trust the authorities that this Java trusts.")
    private boolean tls;

    @Option(names = "--trust", paramLabel = "FILE",
            description = "Speak TLS, and trust the authorities in this PEM file.")
    private Path trusted;

    @Option(names = "--cert", paramLabel = "FILE", description = "The certificate to show to a server that asks for one, PEM.")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key: PEM, PKCS#8, not encrypted.")
    private Path key;

    /** As the user typed it. */
    public String address() {
        return address;
    }

    public String host() {
        return address.substring(0, colon()).replaceAll("^\\[|]$", "");
    }

    public int port() {
        try {
            int port = Integer.parseInt(address.substring(colon() + 1));
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw notAnAddress();
    }

    public boolean isSecured() {
        return tls || trusted != null || certificate != null;
    }

    public boolean hasCredentials() {
        return username != null;
    }

    /** To be sent with every call; empty without credentials. */
    public Metadata headers() {
        if (username == null && password == null) {
            return new Metadata();
        }
        if (username == null || password == null) {
            throw new CommandException("--username and --password belong together; give both or neither");
        }
        try {
            return new Credentials(username, password).toHeaders();
        } catch (IllegalArgumentException e) {
            throw new CommandException("--username: " + e.getMessage(), e);
        }
    }

    /** Starts the configuration of a channel to it. */
    public NettyChannelBuilder channel() {
        if ((certificate == null) != (key == null)) {
            throw new CommandException("--cert and --key belong together; give both or neither");
        }
        try {
            return (isSecured()
                    ? ClientTls.pem(read("--trust", trusted), read("--cert", certificate), read("--key", key), null)
                    : ClientTls.none()).builder(host(), port());
        } catch (IOException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private static byte[] read(String option, Path file) {
        if (file == null) {
            return null;
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandException(option + " " + file + " cannot be read: " + e.getMessage() + "; name a PEM file", e);
        }
    }

    private int colon() {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw notAnAddress();
        }
        return colon;
    }

    private CommandException notAnAddress() {
        return new CommandException("'" + address + "' is no address; HOST:PORT is accepted, for instance localhost:5001");
    }
}
