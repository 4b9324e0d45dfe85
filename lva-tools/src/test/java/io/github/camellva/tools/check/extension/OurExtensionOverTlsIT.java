package io.github.camellva.tools.check.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.TestCertificates;
import io.github.camellva.tools.CommandLineRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The kit at an extension of this project that speaks TLS, as people call it. */
class OurExtensionOverTlsIT {

    @TempDir
    Path directory;
    private TestCertificates certificates;
    private Path memory;

    @BeforeEach
    void makeCertificates() throws Exception {
        certificates = new TestCertificates(directory).make("extension").make("node");
        memory = Files.createDirectory(directory.resolve("memory"));
    }

    @Test
    void itKeepsTheRulesAboutTls() throws Exception {
        try (OurExtension extension = new OurExtension(options("extension", ""))) {
            JsonNode report = check(extension, "--trust", path("extension.crt"), "--only", "TL");
            assertThat(passed(report)).isEqualTo(report.get("cases").size()).isEqualTo(3);
        }
    }

    @Test
    void itKeepsTheOtherRulesOverTlsAsWell() throws Exception {
        try (OurExtension extension = new OurExtension(options("extension", ""))) {
            JsonNode report = check(extension, "--trust", path("extension.crt"), "--strict");
            assertThat(passed(report)).isGreaterThan(150);
        }
    }

    @Test
    void itMayAskTheNodeForACertificate() throws Exception {
        try (OurExtension extension = new OurExtension(
                options("extension", "&trustCertCollectionResource=file:" + path("node.crt")))) {
            check(extension, "--trust", path("extension.crt"), "--cert", path("node.crt"), "--key", path("node.key"),
                    "--only", "TL,HS-3");
            assertThat(run(extension, "--trust", path("extension.crt"), "--only", "TL").exitCode()).isEqualTo(2);
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTried() throws Exception {
        try (OurExtension extension = new OurExtension(options("extension", ""))) {
            CommandLineRun run = run(extension, "--trust", path("node.crt"), "--only", "TL");
            assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
            assertThat(run.errors()).contains("certificat").hasLineCount(1);
        }
    }

    @Test
    void plainTextWhereTlsIsSpokenIsNotTriedEither() throws Exception {
        try (OurExtension extension = new OurExtension(options("extension", ""))) {
            CommandLineRun run = run(extension, "--only", "HS-3");
            assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
            assertThat(run.errors()).contains("--tls").hasLineCount(1);
        }
    }

    private static long passed(JsonNode report) {
        return report.findValuesAsText("verdict").stream().filter("PASSED"::equals).count();
    }

    private String options(String name, String more) throws IOException {
        return "?keyCertChainResource=file:" + path(name + ".crt") + "&keyResource=file:" + path(name + ".key")
               + "&sharedMemoryDirectory=" + memory + more;
    }

    private String path(String file) {
        return certificates.path(file).toString();
    }

    private JsonNode check(OurExtension extension, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--json");
        CommandLineRun run = run(extension, all.toArray(String[]::new));
        assertThat(run.errors()).isEmpty();
        JsonNode report = new ObjectMapper().readTree(run.output());
        assertThat(report.get("broken")).isEmpty();
        assertThat(run.exitCode()).isZero();
        return report;
    }

    private CommandLineRun run(OurExtension extension, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "check", "extension", "localhost:" + extension.port(), "--shared-memory", memory.toString(),
                "--patience", "5000", "--case-time", "30000"));
        command.addAll(List.of(options));
        return CommandLineRun.of(command.toArray(String[]::new));
    }
}
