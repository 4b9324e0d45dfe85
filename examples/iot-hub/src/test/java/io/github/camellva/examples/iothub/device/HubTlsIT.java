package io.github.camellva.examples.iothub.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.net.ssl.SSLSocketFactory;

import io.github.camellva.examples.iothub.standin.StandInCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That a file which is not what it should be is named, with what it should be. */
class HubTlsIT {

    @TempDir
    private static Path directory;

    private static Path certificate;
    private static Path key;

    @BeforeAll
    static void makeCertificate() throws Exception {
        StandInCertificate own = StandInCertificate.make(directory, "device");
        certificate = own.certificatePem();
        key = own.keyPem();
    }

    @Test
    void certificatesAndKeysAreReadFromPem() throws Exception {
        SSLSocketFactory tls = new HubTls().trusting(certificate).showing(certificate, key).socketFactory();
        assertThat(tls.getDefaultCipherSuites()).isNotEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() -> new HubTls().trusting(missing).socketFactory()).isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing.toString());
        assertThatThrownBy(() -> new HubTls().showing(certificate, missing).socketFactory())
                .isInstanceOf(NoSuchFileException.class).hasMessage(missing.toString());
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path text = Files.writeString(directory.resolve("text.pem"), "nothing to see here");
        assertThatThrownBy(() -> new HubTls().trusting(text).socketFactory()).isInstanceOf(IOException.class)
                .hasMessageStartingWith(text + " has no certificates in PEM");
    }

    @Test
    void aKeyOfAnotherKindIsNamedWithWhatMakesOneOfIt() throws Exception {
        Path other = Files.writeString(directory.resolve("other.pem"), Files.readString(key).replace("PRIVATE", "EC PRIVATE"));
        assertThatThrownBy(() -> new HubTls().showing(certificate, other).socketFactory()).isInstanceOf(IOException.class)
                .hasMessageStartingWith(other + " has no PKCS#8 key without a password")
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void aKeyThatCannotBeReadIsNamed() throws Exception {
        String noKey = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        Path other = Files.writeString(directory.resolve("unfit.pem"), noKey);
        assertThatThrownBy(() -> new HubTls().showing(certificate, other).socketFactory()).isInstanceOf(IOException.class)
                .hasMessageStartingWith(other + " has no PKCS#8 key without a password");
    }
}
