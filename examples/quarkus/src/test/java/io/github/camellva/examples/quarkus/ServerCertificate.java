package io.github.camellva.examples.quarkus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code tls.crt} and {@code tls.key} as in a secret of Kubernetes; made by the JDK's keytool for 127.0.0.1. */
final class ServerCertificate {

    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "extension";

    private ServerCertificate() {
    }

    static void makeIn(Path directory) throws Exception {
        Path store = directory.resolve("extension.p12");
        keytool("-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-dname", "CN=" + ALIAS, "-ext", "SAN=ip:127.0.0.1",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        writePem(directory.resolve("tls.key"), "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        writePem(directory.resolve("tls.crt"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    }

    private static void writePem(Path file, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // it lives for less than a second
                "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool: " + output);
        }
    }
}
