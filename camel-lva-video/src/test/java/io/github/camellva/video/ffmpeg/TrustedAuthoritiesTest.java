package io.github.camellva.video.ffmpeg;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedAuthoritiesTest {

    @Test
    void theyAreThoseOfTheJvm() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        X509TrustManager ofJvm = (X509TrustManager) factory.getTrustManagers()[0];
        assertThat(read(TrustedAuthorities.file())).isNotEmpty().hasSameElementsAs(List.of(ofJvm.getAcceptedIssuers()));
    }

    @Test
    void theirFileIsMadeAnewWhenItIsGone() throws Exception {
        Path file = TrustedAuthorities.file();
        assertThat(TrustedAuthorities.file()).isEqualTo(file);
        Files.delete(file);
        assertThat(TrustedAuthorities.file()).isNotEqualTo(file).exists();
    }

    private static Collection<Certificate> read(Path file) throws Exception {
        try (InputStream pem = Files.newInputStream(file)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
        }
    }
}
