package io.github.camellva.tools.check.extension;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import io.github.camellva.grpc.peers.CSharpServer;
import io.github.camellva.grpc.peers.Published;
import io.github.camellva.grpc.peers.PublishedServer;
import io.github.camellva.tools.PeerOptions;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.CaseResult;
import io.github.camellva.tools.check.Level;
import io.github.camellva.tools.check.Report;
import io.github.camellva.tools.check.Specification;
import io.github.camellva.tools.check.Strictness;
import io.github.camellva.tools.check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks extensions of all kinds, and writes what came of it into docs/conformance.md. */
@EnabledIfSystemProperty(named = "updateConformance", matches = ".*")
class ConformanceResultsIT {

    private static final List<ExtensionCase> CASES = Catalogue.of(Specification.published());
    /** As the command has it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String HEAD = """
            # Conformance of extensions

            What [`lva check extension`](check.md) says of several extensions: of this project's, of the server that a reader of the
            articles would write with grpc-java, of a route with camel-grpc, and of imitations of published ones. An imitation does what the published source of
            that program does, as far as a node can tell; it is not that program.

            This page is written by a command:
            `mvn -B verify -pl lva-tools -am -Dit.test=ConformanceResultsIT -Dsurefire.failIfNoSpecifiedTests=false \
            -Dfailsafe.failIfNoSpecifiedTests=false -DupdateConformance`. Cases that need credentials, TLS or `--hostile` are not in it.

            | extension | answers | MUST kept | SHOULD kept | MUST broken | SHOULD broken |
            |---|---|---|---|---|---|
            """;

    @TempDir
    Path memory;

    /** What came of one extension. */
    private record Result(String name, Report report) {
    }

    @Test
    void allAreCheckedAndTheResultsWritten() throws Exception {
        // most of them say nothing to many cases: they are waited for side by side
        ExecutorService waiting = Executors.newCachedThreadPool();
        try (OurExtension ours = new OurExtension("?sharedMemoryDirectory=" + memory);
                NaiveServer naive = new NaiveServer(memory);
                CamelGrpcRoute camelGrpc = new CamelGrpcRoute()) {
            List<Future<Result>> results = waiting.invokeAll(List.of(
                    () -> check("This project's route", ours.port(), Duration.ofSeconds(5)),
                    () -> check("Naive server with grpc-java", naive.port(), PATIENCE),
                    () -> check("Route with camel-grpc", camelGrpc.port(), PATIENCE),
                    () -> imitation("Microsoft's C# sample, imitated", Published.MICROSOFT_CSHARP.in(memory)),
                    () -> imitation("Microsoft's C# sample in batches of 3, imitated", CSharpServer.inBatchesOf(3, memory)),
                    () -> imitation("Microsoft's Python sample for YOLO, imitated", Published.MICROSOFT_YOLO.in(memory)),
                    () -> imitation("NVIDIA's DeepStream sample, imitated", Published.NVIDIA_DEEPSTREAM.in(memory)),
                    () -> imitation("Intel's DL Streamer up to 0.6, imitated", Published.INTEL_UP_TO_06.in(memory)),
                    () -> imitation("Intel's DL Streamer 0.7, imitated", Published.INTEL_07.in(memory))));
            StringBuilder page = new StringBuilder(HEAD);
            for (Future<Result> result : results) {
                page.append(row(result.get()));
            }
            page.append("\n## What was seen of rules that MUST be kept\n");
            for (Future<Result> result : results) {
                page.append(broken(result.get()));
            }
            Files.writeString(Path.of("..", "docs", "conformance.md"), page);
            assertThat(results.get(0).get().report().broken()).isEmpty();
        } finally {
            waiting.shutdownNow();
        }
    }

    private Result imitation(String name, PublishedServer server) throws Exception {
        try (PublishedServer started = server.start()) {
            return check(name, started.port(), PATIENCE);
        }
    }

    private Result check(String name, int port, Duration patience) throws Exception {
        PeerOptions peer = CommandLine.populateCommand(new PeerOptions(), "127.0.0.1:" + port);
        Target target = new Target(peer, memory, patience, Duration.ofSeconds(20), 6 << 20);
        return new Result(name, new ExtensionCheck(
                target, null, EnumSet.of(Need.PLAIN_TEXT, Need.SHARED_MEMORY), new Strictness(true, false),
                Terminal.of(new PrintWriter(new StringWriter()))).run(CASES));
    }

    private static String row(Result result) {
        Report report = result.report();
        return "| " + result.name() + " | " + report.facts().get("answers") + " | " + kept(report, Level.MUST) + " | "
               + kept(report, Level.SHOULD) + " | " + rules(report, Level.MUST) + " | " + rules(report, Level.SHOULD) + " |\n";
    }

    private String broken(Result result) {
        List<CaseResult> broken = result.report().results().stream().filter(each -> each.isBroken(Level.MUST)).toList();
        return broken.isEmpty() ? "" : broken.stream()
                .map(each -> "| " + each.info().id() + " | " + each.info().expected() + " | " + plain(each.seen()) + " |\n")
                .collect(Collectors.joining("", "\n### " + result.name() + "\n\n| case | expected | seen |\n|---|---|---|\n", ""));
    }

    private static String kept(Report report, Level level) {
        long passed = report.count(level, Verdict.PASSED);
        return passed + " of " + (passed + report.count(level, Verdict.FAILED));
    }

    private static String rules(Report report, Level level) {
        String rules = report.results().stream().filter(result -> result.isBroken(level)).map(result -> result.info().rule().id())
                .distinct().collect(Collectors.joining(", "));
        return rules.isEmpty() ? "none" : rules;
    }

    /** Without what differs from run to run, and what a table cannot have. */
    private String plain(String seen) {
        return seen.replace(memory.toString(), "DIRECTORY").replaceAll("(?s)DIRECTORY.*\\.\\.\\.$", "DIRECTORY...")
                .replaceAll("lva-check-[0-9a-f-]{8,}", "HANDLE").replace("|", "/")
                .replaceAll("process \\d+", "a process").replaceAll("\\s+", " ");
    }
}
