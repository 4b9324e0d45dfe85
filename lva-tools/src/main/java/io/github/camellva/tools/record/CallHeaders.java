package io.github.camellva.tools.record;

import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.Security;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;

/**
 * Makes a node's call one to the extension: with its name, with {@code https} behind TLS, which some servers insist on, and with
 * the recorder's credentials if it has some.
 */
final class CallHeaders {

    private final String authority;
    private final String scheme;
    private final Metadata credentials;

    CallHeaders(Address extension, Security security) {
        this.authority = extension.toString();
        this.scheme = security.isSecured() ? "https" : "http";
        this.credentials = security.headers();
    }

    void readdress(Http2Headers call) {
        call.authority(authority);
        call.scheme(scheme);
        for (String name : credentials.keys()) {
            call.set(name, credentials.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
        }
    }
}
