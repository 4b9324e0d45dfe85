package io.github.camellva.examples.iothub.standin;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.utils.CertificateUtil;

/** SHA-256 of a certificate in hexadecimal, which is how a hub knows those of devices. */
final class Thumbprint {

    private Thumbprint() {
    }

    /** Empty when no certificate was shown. */
    static String ofPeer(RemotingConnection connection) {
        X509Certificate[] shown = CertificateUtil.getCertsFromConnection(connection);
        return shown == null || shown.length == 0 ? "" : of(shown[0]);
    }

    static String of(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
