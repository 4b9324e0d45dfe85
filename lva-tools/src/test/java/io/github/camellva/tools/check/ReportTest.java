package io.github.camellva.tools.check;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import picocli.CommandLine.Help.Ansi;

import static org.assertj.core.api.Assertions.assertThat;

/** What a result means, and how it is told. */
class ReportTest {

    private static final Specification RULES = Specification.published();
    private static final CaseResult PASSED = result("HS-1.1", Verdict.PASSED, "");
    private static final CaseResult MUST_BROKEN = result("HS-3.1", Verdict.FAILED, "<script>alert(1)</script> {{cases}} \u0001");
    private static final CaseResult SHOULD_BROKEN = result("HS-4.1", Verdict.FAILED, "no identifier");
    private static final CaseResult SKIPPED = result("SM-1.1", Verdict.SKIPPED, "no shared memory");

    @Test
    void whatMustBeKeptAndIsBrokenCounts() {
        assertThat(report(false, PASSED, SKIPPED).conforms()).isTrue();
        assertThat(report(false, PASSED, MUST_BROKEN).broken()).containsExactly("HS-3");
    }

    @Test
    void whatShouldBeKeptCountsIfItWasAskedFor() {
        assertThat(report(false, PASSED, SHOULD_BROKEN).conforms()).isTrue();
        assertThat(report(true, PASSED, SHOULD_BROKEN).broken()).containsExactly("HS-4");
    }

    @Test
    void nothingTriedIsNoSuccess() {
        assertThat(report(false, SKIPPED).isNothingTried()).isTrue();
        assertThat(report(false, SKIPPED).verdict()).isEqualTo("nothing was tried");
    }

    @Test
    void buildServersSeeFailuresOfWhatCountsAndSkippedTestsForTheRest() throws Exception {
        String xml = new JUnitReport(report(false, PASSED, MUST_BROKEN, SHOULD_BROKEN, SKIPPED)).toXml();
        Element root = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).getDocumentElement();
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(root.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(root.getElementsByTagName("skipped").getLength()).isEqualTo(2);
    }

    @Test
    void whatComesFromPeersCannotChangeThePage() {
        String html = new HtmlReport(report(false, PASSED, MUST_BROKEN)).toHtml();
        assertThat(html).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert").contains("{{cases}}").doesNotContain("{{title}}");
        assertThat(html).doesNotContain("src=\"http", "href=\"http");
    }

    @Test
    void programsReadTheVerdictAndEveryCase() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.toJson(report(false, PASSED, MUST_BROKEN)));
        assertThat(json.get("conforms").asBoolean()).isFalse();
        assertThat(json.get("broken")).extracting(JsonNode::asText).containsExactly("HS-3");
        assertThat(json.get("cases")).hasSize(2);
    }

    @Test
    void theTableTellsBrokenRulesThatCountFromOthersAndHasNoColoursIfNoneAreWanted() {
        String table = new TableReport(report(false, PASSED, MUST_BROKEN, SHOULD_BROKEN, SKIPPED), Ansi.OFF, true).toText();
        assertThat(table).contains("✔ HS-1.1", "✘ HS-3.1", "! HS-4.1", "· SM-1.1", "→ descriptor").doesNotContain("\u001b");
    }

    private static Report report(boolean strict, CaseResult... results) {
        return new Report("The extension", "localhost:5001", Instant.EPOCH, Duration.ofSeconds(1), Map.of("answers", "at once"),
                new Strictness(strict, false), List.of(results));
    }

    private static CaseResult result(String id, Verdict verdict, String seen) {
        Transcript.Line line = new Transcript.Line(1, Transcript.Speaker.KIT, "descriptor");
        return new CaseResult(CaseInfo.of(RULES, id, "does what it has to"), verdict, seen, Duration.ofMillis(5), List.of(line));
    }
}
