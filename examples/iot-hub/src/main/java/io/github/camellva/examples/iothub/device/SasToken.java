package io.github.camellva.examples.iothub.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shared access signature: what a device shows in place of its key, for some time. */
final class SasToken {

    private static final String ALGORITHM = "HmacSHA256";

    private final String text;
    private final Instant expiry;

    private SasToken(String text, Instant expiry) {
        this.text = text;
        this.expiry = expiry;
    }

    /** @param expiry of which only whole seconds count */
    static SasToken sign(HubIdentity identity, byte[] key, Instant expiry) {
        String resource = identity.resource();
        long seconds = expiry.getEpochSecond();
        String signature = Base64.getEncoder().encodeToString(hmac(key, resource + "\n" + seconds));
        return new SasToken(
                "SharedAccessSignature sr=" + resource + "&sig=" + UrlEncoding.encode(signature) + "&se=" + seconds,
                Instant.ofEpochSecond(seconds));
    }

    /** The password. */
    String text() {
        return text;
    }

    Instant expiry() {
        return expiry;
    }

    /** Without the signature. */
    @Override
    public String toString() {
        return "token until " + expiry;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
