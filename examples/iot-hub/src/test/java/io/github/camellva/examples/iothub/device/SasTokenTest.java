package io.github.camellva.examples.iothub.device;

import java.time.Instant;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SasTokenTest {

    private static final byte[] KEY = Base64.getDecoder().decode("YW4gZXhhbXBsZSBrZXkgb2YgMzIgYnl0ZXMsIGZpeGU=");

    private static final ConnectionString DEVICE = ConnectionString.parse("HostName=hub;DeviceId=gate-1;x509=true");

    /** Signatures as {@code openssl dgst -sha256 -mac HMAC} has made them of the same key, resource and expiry. */
    @ParameterizedTest
    @CsvSource({
            ",    1767225600, lGG0PjDb2%2BeBLk1vy61TDPjTqZ0YDeoa%2BcCQO30oWhU%3D",
            ",    1767225608, WzvNpDMwH%2Fd%2F%2BbEPMuh9V3BoSR1wHNLofPovOfo1%2FHQ%3D",
            "lva, 1767225600, DZc0feZGfz2gcFW%2FU4Z6cWHFT0VIxPjhBhCF9dHCmlU%3D",
            "lva, 1767225606, TtVRI%2BG5Ei%2BiQIknUjva6Go2sLzl6u%2BUoJCXoaqWMFo%3D" })
    void isSignedAsTheHubDoes(String module, long expiry, String signature) {
        ConnectionString device = ConnectionString.parse(
                "HostName=hub.azure-devices.net;DeviceId=gate-1;x509=true" + (module == null ? "" : ";ModuleId=" + module));
        String resource = "hub.azure-devices.net%2Fdevices%2Fgate-1" + (module == null ? "" : "%2Fmodules%2Flva");
        assertThat(SasToken.sign(device, KEY, Instant.ofEpochSecond(expiry)).text())
                .isEqualTo("SharedAccessSignature sr=" + resource + "&sig=" + signature + "&se=" + expiry);
    }

    @Test
    void onlyWholeSecondsOfItsExpiryCount() {
        SasToken token = SasToken.sign(DEVICE, KEY, Instant.parse("2026-01-01T00:00:00.999Z"));
        assertThat(token.expiry()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(token.text()).endsWith("&se=1767225600");
    }

    @Test
    void showsNoSignatureInLogs() {
        assertThat(SasToken.sign(DEVICE, KEY, Instant.ofEpochSecond(1767225600)))
                .hasToString("token until 2026-01-01T00:00:00Z");
    }
}
