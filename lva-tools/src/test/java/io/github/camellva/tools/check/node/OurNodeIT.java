package io.github.camellva.tools.check.node;

import java.net.InetSocketAddress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

import io.github.camellva.grpc.server.ServerTls;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.Report;
import io.github.camellva.tools.check.CaseResult;
import io.github.camellva.tools.check.Specification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A route of this project keeps every rule of a node. */
class OurNodeIT {

    @ParameterizedTest
    @ValueSource(strings = { "embedded", "sharedMemory" })
    void itKeepsEveryRule(String transfer) throws Exception {
        Times times = new Times(Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofSeconds(2));
        try (ScriptedExtension extension = new ScriptedExtension(new InetSocketAddress("127.0.0.1", 0), ServerTls.none());
                OurNode node = new OurNode(extension.port(), 2, "&responseTimeout=500&sharedMemorySizeMiB=1&dataTransfer=" + transfer)) {
            Report report = new NodeCheck(
                    extension, new Node.Setting(times, Path.of("/dev/shm"), null, false), true,
                    Terminal.of(new PrintWriter(System.err))).run(Catalogue.of(Specification.published()), Duration.ofSeconds(10));
            for (CaseResult r : report.results()) { System.out.println(r.info().id() + " " + r.verdict() + " " + r.took().toMillis() + " " + r.info().expected() + " " + r.seen()); if (r.verdict().name().equals("FAILED")) r.lines().forEach(l -> System.out.println("       " + l)); }
            assertThat(report.broken()).isEmpty();
        }
    }
}
