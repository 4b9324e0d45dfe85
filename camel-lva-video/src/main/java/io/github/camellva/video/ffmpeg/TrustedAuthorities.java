package io.github.camellva.video.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.SourceException.Reason;
import org.jspecify.annotations.Nullable;

/** The certificates that the JVM trusts, in a file for FFmpeg, whose TLS trusts none by itself. */
final class TrustedAuthorities {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] { '\n' });

    @GuardedBy("TrustedAuthorities.class")
    private static @Nullable Path file;

    private TrustedAuthorities() {
    }

    /** Written when it is first asked for, or when somebody has tidied it away; deleted when the JVM ends. */
    static synchronized Path file() throws SourceException {
        try {
            if (file == null || !Files.exists(file)) {
                file = write();
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new SourceException(
                    Reason.LOST, "the certificates that the JVM trusts cannot be made a file for FFmpeg, " + e + "; set ffmpeg.ca_file");
        }
    }

    private static Path write() throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        StringBuilder pem = new StringBuilder();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trusting) {
                for (X509Certificate authority : trusting.getAcceptedIssuers()) {
                    pem.append("-----BEGIN CERTIFICATE-----\n").append(BASE64.encodeToString(authority.getEncoded()))
                            .append("\n-----END CERTIFICATE-----\n");
                }
            }
        }
        Path written = Files.createTempFile("lvavideo-trusted-", ".pem");
        written.toFile().deleteOnExit();
        return Files.writeString(written, pem, StandardCharsets.US_ASCII);
    }
}
