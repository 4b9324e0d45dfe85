package io.github.camellva.examples.iothub.standin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A certificate for a day that nobody else vouches for, made by the JDK's keytool. */
public final class StandInCertificate {

    private static final String ALIAS = "stand-in";
    private static final long KEYTOOL_SECONDS = 60;

    private final Path store;
    private final String password;
    private final X509Certificate certificate;
    private final Key key;

    private StandInCertificate(Path store, String password) throws IOException, GeneralSecurityException {
        this.store = store;
        this.password = password;
        KeyStore entries = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            entries.load(in, password.toCharArray());
        }
        this.certificate = (X509Certificate) entries.getCertificate(ALIAS);
        this.key = entries.getKey(ALIAS, password.toCharArray());
    }

    /** For this machine's loopback addresses, in files of this name in a directory. */
    public static StandInCertificate make(Path directory, String name) throws IOException, GeneralSecurityException {
        Path store = directory.resolve(name + ".p12");
        String password = UUID.randomUUID().toString();
        ProcessBuilder keytool = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // it lives for half a second
                "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-genkeypair", "-alias", ALIAS,
                "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "1", "-dname", "CN=" + name,
                "-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass:env", "STORE_PASSWORD"));
        keytool.environment().put("STORE_PASSWORD", password);
        run(keytool.redirectErrorStream(true));
        return new StandInCertificate(store, password);
    }

    /** PKCS#12 with certificate and key. */
    Path store() {
        return store;
    }

    String password() {
        return password;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** A PEM file with the certificate. */
    public Path certificatePem() throws IOException, GeneralSecurityException {
        return writePem("crt.pem", "CERTIFICATE", certificate.getEncoded());
    }

    /** A PEM file with the key, in PKCS#8. */
    public Path keyPem() throws IOException {
        return writePem("key.pem", "PRIVATE KEY", key.getEncoded());
    }

    private Path writePem(String ending, String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
        Path file = store.resolveSibling(store.getFileName().toString().replace("p12", ending));
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    private static void run(ProcessBuilder command) throws IOException {
        Process process = command.start();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command.command().get(0) + " made no certificate: " + output(process));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a certificate was made", e);
        }
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
