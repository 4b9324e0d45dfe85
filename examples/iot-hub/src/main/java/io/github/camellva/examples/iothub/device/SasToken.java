package io.github.camellva.examples.iothub.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A shared access signature: the password that a device shows in place of its key, for some time. */
record SasToken(String text, Instant expiry) {

    private static final String ALGORITHM = "HmacSHA256";

    /** @param expiry only whole seconds count */
    static SasToken sign(ConnectionString device, byte[] key, Instant expiry) {
        long seconds = expiry.getEpochSecond();
        byte[] signature = hmac(key, device.resource() + "\n" + seconds);
        return new SasToken(
                "SharedAccessSignature sr=" + device.resource() + "&sig="
                            + ConnectionString.encode(Base64.getEncoder().encodeToString(signature)) + "&se=" + seconds,
                Instant.ofEpochSecond(seconds));
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
