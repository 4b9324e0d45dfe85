package io.github.camellva.tools.check;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Results for a person at a terminal. */
final class TableReport {

    private final Report report;
    private final Ansi ansi;
    private final boolean verbose;
    private final List<String> lines = new ArrayList<>();

    TableReport(Report report, Ansi ansi, boolean verbose) {
        this.report = report;
        this.ansi = ansi;
        this.verbose = verbose;
    }

    String toText() {
        addHead();
        String chapter = "";
        for (CaseResult result : report.results()) {
            if (!result.info().rule().chapter().equals(chapter)) {
                chapter = result.info().rule().chapter();
                lines.add("");
                lines.add(coloured(chapter, Style.bold));
            }
            add(result);
        }
        addCounts();
        return String.join(System.lineSeparator(), lines);
    }

    private void addHead() {
        lines.add(coloured(report.title() + " at " + report.target(), Style.bold));
        report.facts().forEach((name, value) -> lines.add("  " + name + ": " + value));
    }

    private void add(CaseResult result) {
        lines.add(String.format("  %s %-8s %-6s %s", coloured(mark(result), styles(result)), result.info().id(),
                result.info().level(), result.info().expected()));
        if (!result.seen().isEmpty()) {
            lines.add("      " + coloured(result.seen(), styles(result)));
        }
        if (verbose && result.verdict() == Verdict.FAILED) {
            result.lines().forEach(line -> lines.add(String.format("      %6d ms %s %s", line.millis(), arrow(line.speaker()), line.text())));
        }
    }

    private void addCounts() {
        lines.add("");
        for (Level level : Level.values()) {
            lines.add(String.format("  %-6s %4d passed, %3d failed, %3d skipped", level, report.count(level, Verdict.PASSED),
                    report.count(level, Verdict.FAILED), report.count(level, Verdict.SKIPPED)));
        }
        lines.add("");
        lines.add(coloured(report.title() + " " + report.verdict() + " (" + report.took().toMillis() / 100 / 10.0 + " s)",
                Style.bold, report.conforms() ? Style.fg_green : Style.fg_red));
    }

    private String mark(CaseResult result) {
        return switch (result.verdict()) {
            case PASSED -> "✔";
            case SKIPPED -> "·";
            case FAILED -> report.counts(result) ? "✘" : "!";
        };
    }

    private Style[] styles(CaseResult result) {
        return switch (result.verdict()) {
            case PASSED -> new Style[] { Style.fg_green };
            case SKIPPED -> new Style[] { Style.faint };
            case FAILED -> new Style[] { report.counts(result) ? Style.fg_red : Style.fg_yellow };
        };
    }

    static String arrow(Transcript.Speaker speaker) {
        return switch (speaker) {
            case KIT -> "→";
            case PEER -> "←";
            case NOTE -> " ";
        };
    }

    private String coloured(String text, Style... styles) {
        if (!ansi.enabled()) {
            return text;
        }
        return Style.on(styles) + text + Style.reset.on();
    }
}
