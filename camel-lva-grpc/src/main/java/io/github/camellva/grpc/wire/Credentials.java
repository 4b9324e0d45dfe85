package io.github.camellva.grpc.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;

import io.grpc.Metadata;

/** The user name and password of the extension protocol: request metadata {@code x-ms-authentication: Basic base64(name:password)}. */
public final class Credentials {

    /** The name of the metadata entry. */
    public static final Metadata.Key<String> HEADER
            = Metadata.Key.of("x-ms-authentication", Metadata.ASCII_STRING_MARSHALLER);

    private static final String SCHEME = "Basic ";

    private final String headerValue;
    private final byte[] digest;

    /**
     * @throws IllegalArgumentException if the name contains a colon, which Basic credentials cannot tell from the one between
     *                                  name and password
     */
    public Credentials(String username, String password) {
        if (username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("username must not contain ':', which separates it from the password");
        }
        byte[] plain = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.headerValue = SCHEME + Base64.getEncoder().encodeToString(plain);
        this.digest = sha256(plain);
    }

    /** The entry for a request. */
    public Metadata toHeaders() {
        Metadata headers = new Metadata();
        headers.put(HEADER, headerValue);
        return headers;
    }

    /** Whether a request carries exactly these; takes as long for a near miss as for any other. */
    public boolean match(Metadata headers) {
        Iterable<String> values = headers.getAll(HEADER);
        if (values == null) {
            return false;
        }
        Iterator<String> iterator = values.iterator();
        String value = iterator.next();
        return !iterator.hasNext() && matches(value);
    }

    private boolean matches(String value) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] plain = Base64.getDecoder().decode(value.substring(SCHEME.length()).trim());
            // digests have one length, so that comparing them does not tell the length of the password
            return MessageDigest.isEqual(digest, sha256(plain));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] sha256(byte[] plain) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(plain);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
