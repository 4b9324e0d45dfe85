package io.github.camellva.tools.check.node;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.camellva.grpc.server.ServerTls;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.Report;
import io.github.camellva.tools.check.Specification;
import io.github.camellva.tools.check.Strictness;
import io.github.camellva.tools.check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A route of this project keeps every rule of a node. */
class OurNodeIT {

    private static final int CAMERAS = 4;
    private static final List<NodeCase> CASES = Catalogue.of(Specification.published());
    private static final Times TIMES = new Times(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2));

    @TempDir
    Path memory;

    @Test
    void itKeepsEveryRuleWithFramesInSharedMemory() throws Exception {
        Report report = check(CASES, "&dataTransfer=sharedMemory&sharedMemorySizeMiB=1&sharedMemoryDirectory=" + memory);
        assertThat(failed(report)).isEmpty();
        assertThat(report.count(Verdict.PASSED)).isGreaterThan(80);
    }

    @Test
    void itKeepsTheRulesOfEmbeddedFrames() throws Exception {
        Report report = check(CASES.stream().filter(each -> each.info().rule().id().matches("(EM|FM|TS)-.*")).toList(), "");
        assertThat(failed(report)).isEmpty();
        assertThat(report.count(Verdict.SKIPPED)).isZero();
    }

    private static List<String> failed(Report report) {
        return report.results().stream().filter(result -> result.verdict() == Verdict.FAILED)
                .map(result -> result.info().id() + ": " + result.seen() + " " + result.lines()).toList();
    }

    private Report check(List<NodeCase> cases, String options) throws Exception {
        try (ScriptedExtension extension = new ScriptedExtension(new InetSocketAddress("127.0.0.1", 0), ServerTls.none());
                OurNode node = new OurNode(extension.port(), CAMERAS, "&responseTimeout=1600" + options)) {
            return new NodeCheck(extension, new Node.Setting(TIMES, memory, null, false), new Strictness(true, false),
                    Terminal.of(new PrintWriter(new StringWriter()))).run(cases, Duration.ofSeconds(10));
        }
    }
}
