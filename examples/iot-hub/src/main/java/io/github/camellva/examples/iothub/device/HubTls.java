package io.github.camellva.examples.iothub.device;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;

/** TLS 1.2 with what devices usually have: certificates and keys in PEM files, which gRPC reads. */
public final class HubTls {

    private TrustManager[] trusted;
    private KeyManager[] shown;

    /** @param pem certificates, one of which the hub's must come from; without, those that Java trusts, as Azure's do */
    public HubTls trusting(Path pem) throws IOException {
        X509TrustManager manager = trustManager(pem.toRealPath());
        if (manager.getAcceptedIssuers().length == 0) {
            throw new IOException(pem + " has no certificates in PEM (-----BEGIN CERTIFICATE-----)");
        }
        trusted = new TrustManager[] { manager };
        return this;
    }

    /**
     * For a device that has no shared key.
     *
     * @param certificate PEM: the device's own, and those that it comes from
     * @param key         PEM: its PKCS#8 key, without a password
     */
    public HubTls showing(Path certificate, Path key) throws IOException {
        AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
        try {
            manager.updateIdentityCredentials(certificate.toRealPath().toFile(), key.toRealPath().toFile());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    key + " has no PKCS#8 key without a password (-----BEGIN PRIVATE KEY-----); openssl pkcs8 -topk8 -nocrypt makes"
                                  + " one of other keys. Or " + certificate + " has no certificate in PEM", e);
        }
        shown = new KeyManager[] { manager };
        return this;
    }

    public SSLSocketFactory socketFactory() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.2");
            context.init(shown, trusted, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager trustManager(Path pem) throws IOException {
        try {
            AdvancedTlsX509TrustManager manager = AdvancedTlsX509TrustManager.newBuilder().build();
            manager.updateTrustCredentials(pem.toFile());
            return manager;
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " has no certificates in PEM that can be read: " + e.getMessage(), e);
        }
    }
}
