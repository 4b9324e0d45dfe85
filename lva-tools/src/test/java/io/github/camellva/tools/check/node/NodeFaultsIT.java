package io.github.camellva.tools.check.node;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.camellva.grpc.server.ServerTls;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.CaseResult;
import io.github.camellva.tools.check.Format;
import io.github.camellva.tools.check.Report;
import io.github.camellva.tools.check.Specification;
import io.github.camellva.tools.check.Strictness;
import io.github.camellva.tools.check.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The kit sees each of many faults of nodes, by a case of the rule that it breaks, and sees none where there is none. */
@Execution(ExecutionMode.CONCURRENT)
class NodeFaultsIT {

    private static final int CAMERAS = 4;
    private static final List<NodeCase> CASES = Catalogue.of(Specification.published());
    private static final Times TIMES = new Times(Duration.ofMillis(1_500), Duration.ofMillis(60), Duration.ofMillis(600));
    /** Nothing is found for want of a processor. */
    private static final Times UNHURRIED = new Times(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2));
    private static final List<NodeCase> OF_CONTENT = CASES.stream()
            .filter(each -> each.info().rule().id().matches("EM.*|FM.*")).toList();
    private static final Format RAW = Format.raw(PixelFormat.BGR24, 16, 8);
    private static final Format PICTURES = Format.encoded(Encoding.JPG, 16, 8);
    private static final Set<NodeFault> OF_PICTURES = EnumSet.of(NodeFault.SENDS_WHAT_IS_NO_PICTURE);

    @TempDir
    Path memory;

    @ParameterizedTest
    @EnumSource
    void aFaultIsFoundByTheRuleThatItBreaks(NodeFault fault) throws Exception {
        List<NodeCase> ofItsRule = CASES.stream().filter(each -> each.info().rule().id().equals(fault.rule())).toList();
        boolean inMemory = fault.rule().startsWith("SM") || fault == NodeFault.LEAVES_ITS_FILES_BEHIND;
        assertThat(failed(check(fault, ofItsRule, OF_PICTURES.contains(fault) ? PICTURES : RAW, inMemory))).isNotEmpty();
    }

    @Test
    void noFaultIsFoundInANodeWithoutOne() throws Exception {
        assertThat(failed(check(null, CASES, RAW, true))).isEmpty();
        assertThat(failed(check(null, OF_CONTENT, PICTURES, false))).isEmpty();
    }

    private Report check(NodeFault fault, List<NodeCase> cases, Format format, boolean inMemory) throws Exception {
        List<FaultyNode> cameras = new ArrayList<>();
        try (ScriptedExtension extension = new ScriptedExtension(new InetSocketAddress("127.0.0.1", 0), ServerTls.none())) {
            for (int i = 0; i < (fault == null ? CAMERAS : 1); i++) {
                cameras.add(new FaultyNode(extension.port(), fault, format, inMemory ? memory : null, timeout(fault)));
            }
            return new NodeCheck(
                    extension, new Node.Setting(fault == null ? UNHURRIED : TIMES, memory, FaultyNode.CREDENTIALS, false),
                    new Strictness(true, true), Terminal.of(new PrintWriter(new StringWriter()))).run(cases, Duration.ofSeconds(10));
        } finally {
            for (FaultyNode camera : cameras) {
                camera.close();
            }
        }
    }

    private static Duration timeout(NodeFault fault) {
        return fault == null ? Duration.ofMillis(1_600) : Duration.ofMillis(250);
    }

    private static List<String> failed(Report report) {
        return report.results().stream().filter(result -> result.verdict() == Verdict.FAILED)
                .map(NodeFaultsIT::describe).toList();
    }

    private static String describe(CaseResult result) {
        return result.info().id() + " " + result.info().expected() + ": " + result.seen();
    }
}
