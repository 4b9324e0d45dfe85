package io.github.camellva.tools.check.extension;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.camellva.tools.PeerOptions;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.CaseResult;
import io.github.camellva.tools.check.Report;
import io.github.camellva.tools.check.Specification;
import io.github.camellva.tools.check.Strictness;
import io.github.camellva.tools.check.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** The kit sees each of many faults, by a case of the rule that it breaks, and sees none where there is none. */
class ExtensionFaultsIT {

    private static final List<ExtensionCase> CASES = Catalogue.of(Specification.published());

    /** Faults of these rules are seen by how the extension works. */
    private static final Set<String> PROBED = Set.of("AK-10", "HS-12");

    @TempDir
    static Path memory;

    private static Profile faultless;

    @BeforeAll
    static void probeOneWithoutFaults() throws Exception {
        try (FaultyExtension extension = new FaultyExtension(null, memory, FaultyExtension.CREDENTIALS)) {
            faultless = new Probe(target(extension)).profile(null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsFoundByTheRuleThatItBreaks(ExtensionFault fault) throws Exception {
        List<ExtensionCase> ofItsRule = CASES.stream().filter(each -> each.info().rule().id().equals(fault.rule())).toList();
        try (FaultyExtension extension = new FaultyExtension(fault, memory, FaultyExtension.CREDENTIALS)) {
            assertThat(failed(check(extension, ofItsRule))).isNotEmpty();
        }
    }

    @Test
    void noFaultIsFoundInAnExtensionWithoutOne() throws Exception {
        try (FaultyExtension extension = new FaultyExtension(null, memory, FaultyExtension.CREDENTIALS)) {
            assertThat(failed(check(extension, CASES))).isEmpty();
        }
    }

    /** Without floods, unless the fault takes one to see. */
    private Report check(FaultyExtension extension, List<ExtensionCase> cases) throws Exception {
        EnumSet<Need> met = EnumSet.of(Need.PLAIN_TEXT, Need.SHARED_MEMORY, Need.CREDENTIALS);
        if (extension.has(ExtensionFault.READS_ON_WHEN_NOBODY_TAKES_ITS_ANSWERS)) {
            met.add(Need.HOSTILE);
        }
        ExtensionCheck check = new ExtensionCheck(
                target(extension), null, met, new Strictness(true, true), Terminal.of(new PrintWriter(new StringWriter())));
        return PROBED.contains(cases.get(0).info().rule().id()) ? check.run(cases) : check.run(cases, faultless);
    }

    private static Target target(FaultyExtension extension) {
        PeerOptions peer = CommandLine.populateCommand(
                new PeerOptions(), "127.0.0.1:" + extension.port(), "--username", "node", "--password", "secret");
        return new Target(peer, memory, Duration.ofMillis(150), Duration.ofSeconds(10), 8 << 20);
    }

    private static List<String> failed(Report report) {
        return report.results().stream().filter(result -> result.verdict() == Verdict.FAILED)
                .map(ExtensionFaultsIT::describe).toList();
    }

    private static String describe(CaseResult result) {
        return result.info().id() + " " + result.info().expected() + ": " + result.seen();
    }
}
