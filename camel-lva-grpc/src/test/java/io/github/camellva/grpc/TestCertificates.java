package io.github.camellva.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keys and certificates, made anew by the JDK's keytool for every run. */
public final class TestCertificates {

    public static final String PASSWORD = "changeit";

    private final Path directory;

    public TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** Makes {@code name.p12}, {@code name.crt} and {@code name.key}: a certificate for localhost that vouches for itself. */
    public TestCertificates make(String name) throws Exception {
        Path store = path(name + ".p12");
        keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=dns:localhost,ip:127.0.0.1",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        Key key = keys.getKey(name, PASSWORD.toCharArray());
        writePem(name + ".key", "PRIVATE KEY", key.getEncoded());
        writePem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        return this;
    }

    public Path path(String file) {
        return directory.resolve(file);
    }

    public byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(path(file));
    }

    private void writePem(String file, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der);
        Files.writeString(path(file), "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // it lives for less than a second
                "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC",
                // nobody guesses the password, and the stores are opened a thousand times
                "-J-Dkeystore.pkcs12.keyPbeIterationCount=1", "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.macIterationCount=1"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool: " + output);
        }
    }
}
