package io.github.camellva.grpc.wire;

import java.util.Optional;
import java.util.regex.Pattern;

import io.grpc.Metadata;

/** How an extension tells a node what it calls their session, so that the logs of both name it alike. No part of the protocol. */
public final class SessionId {

    private static final Metadata.Key<String> KEY = Metadata.Key.of("x-lva-session-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private SessionId() {
    }

    public static Metadata toHeaders(String id) {
        Metadata headers = new Metadata();
        headers.put(KEY, id);
        return headers;
    }

    /** Empty for an extension that does not say, or says what no log should have. */
    public static Optional<String> of(Metadata headers) {
        return Optional.ofNullable(headers.get(KEY)).filter(id -> ACCEPTED.matcher(id).matches());
    }
}
