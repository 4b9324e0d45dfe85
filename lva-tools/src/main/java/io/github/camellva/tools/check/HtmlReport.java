package io.github.camellva.tools.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.camellva.tools.Version;

/** Results as one page that needs no other file. */
final class HtmlReport {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final Report report;

    HtmlReport(Report report) {
        this.report = report;
    }

    String toHtml() {
        Map<String, String> parts = Map.of(
                "title", escape("Conformance: " + report.title().replaceFirst("^The ", "")),
                "target", escape(report.target()),
                "begun", escape(report.begun().truncatedTo(ChronoUnit.SECONDS).toString()),
                "tone", report.conforms() ? "" : "bad",
                "verdict", escape(report.title() + " " + report.verdict()),
                "cards", cards(),
                "facts", facts(),
                "cases", cases(),
                "tool", escape("lva " + Version.number()));
        // in one pass, since what comes from peers may look like a place
        return PLACE.matcher(template()).replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private String cards() {
        return List.of(Level.values()).stream().map(this::card).collect(Collectors.joining());
    }

    private String card(Level level) {
        long passed = report.count(level, Verdict.PASSED);
        long failed = report.count(level, Verdict.FAILED);
        long skipped = report.count(level, Verdict.SKIPPED);
        double all = Math.max(1, passed + failed + skipped);
        String broken = level == Level.MUST || level == Level.SHOULD && report.strictness().strict() ? "f" : "w";
        return "<div class=\"card\"><b>" + passed + "</b>of " + (passed + failed) + " " + level + " kept<div class=\"bar\">"
               + "<i class=\"p\" style=\"width:" + 100 * passed / all + "%\"></i><i class=\"" + broken + "\" style=\"width:"
               + 100 * failed / all + "%\"></i></div><span class=\"small\">" + failed + " broken, " + skipped + " skipped</span></div>";
    }

    private String facts() {
        return report.facts().entrySet().stream()
                .map(fact -> "<dt>" + escape(fact.getKey()) + "</dt><dd>" + escape(fact.getValue()) + "</dd>")
                .collect(Collectors.joining());
    }

    private String cases() {
        Map<String, String> chapters = new LinkedHashMap<>();
        report.results().forEach(result -> chapters.merge(result.info().rule().chapter(), details(result), String::concat));
        return chapters.entrySet().stream()
                .map(chapter -> "<section><h2>" + escape(chapter.getKey()) + "</h2>" + chapter.getValue() + "</section>")
                .collect(Collectors.joining("\n"));
    }

    private String details(CaseResult result) {
        Rule rule = result.info().rule();
        return "<details class=\"" + tone(result) + "\" data-level=\"" + result.info().level() + "\"><summary><span class=\"pill\">"
               + word(result) + "</span><span class=\"id\">" + escape(result.info().id()) + "</span><span class=\"level\">"
               + result.info().level() + "</span><span>" + escape(result.info().expected())
               + (result.seen().isEmpty() ? "" : "<span class=\"seen\">" + escape(result.seen()) + "</span>")
               + "</span><span class=\"level took\">" + result.took().toMillis() + " ms</span></summary><div class=\"body\"><p><b>"
               + rule.id() + "</b> " + rule.level() + ": <q>" + marked(rule.text()) + "</q></p>" + lines(result.lines())
               + "</div></details>\n";
    }

    private static String lines(List<Transcript.Line> lines) {
        return lines.isEmpty() ? "" : lines.stream()
                .map(line -> "<time>" + String.format("%6d", line.millis()) + "</time> <span class=\"" + line.speaker() + "\">"
                             + TableReport.arrow(line.speaker()) + " " + escape(line.text()) + "</span>")
                .collect(Collectors.joining("\n", "<pre>", "</pre>"));
    }

    private String tone(CaseResult result) {
        return result.verdict() == Verdict.FAILED && !report.counts(result) ? "WARNING" : result.verdict().name();
    }

    private String word(CaseResult result) {
        return switch (result.verdict()) {
            case PASSED -> "kept";
            case FAILED -> "broken";
            case SKIPPED -> "skipped";
        };
    }

    /** The specification's own mark for code. */
    private static String marked(String text) {
        return escape(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String template() {
        try (InputStream page = HtmlReport.class.getResourceAsStream("report.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
