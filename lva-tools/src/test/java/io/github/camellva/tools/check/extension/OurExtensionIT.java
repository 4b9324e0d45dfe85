package io.github.camellva.tools.check.extension;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;

import io.github.camellva.tools.PeerOptions;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.Report;
import io.github.camellva.tools.check.Specification;
import io.github.camellva.tools.check.Strictness;
import io.github.camellva.tools.check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** A route of this project keeps every rule of an extension, floods included. */
class OurExtensionIT {

    @TempDir
    Path memory;

    @Test
    void itKeepsEveryRule() throws Exception {
        try (OurExtension extension = new OurExtension("?username=node&password=secret&sharedMemoryDirectory=" + memory)) {
            PeerOptions peer = CommandLine.populateCommand(
                    new PeerOptions(), "127.0.0.1:" + extension.port(), "--username", "node", "--password", "secret");
            Target target = new Target(peer, memory, Duration.ofSeconds(5), Duration.ofSeconds(30), 70 << 20);
            Report report = new ExtensionCheck(
                    target, null, EnumSet.complementOf(EnumSet.of(Need.TLS, Need.RAW)), new Strictness(true, false),
                    Terminal.of(new PrintWriter(new StringWriter()))).run(Catalogue.of(Specification.published()));
            assertThat(report.broken()).isEmpty();
            assertThat(report.count(Verdict.PASSED)).isGreaterThan(185);
        }
    }
}
