package io.github.camellva.tools.check;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** How results are told. */
public final class ReportOptions {

    @Option(names = "--strict", description = "A rule that SHOULD be kept counts as one that MUST: for exit code, JUnit and verdict.")
    private boolean strict;

    @Option(names = "--fail-fast", description = "Stop at the first case that counts against the program.")
    private boolean failFast;

    @Option(names = "--json", description = "Print the results as JSON in place of a table.")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write them as JUnit XML, for build servers.")
    private Path junit;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write them as one HTML file, with all that was sent and seen.")
    private Path html;

    @Option(names = { "-v", "--verbose" }, description = "The table has what was sent and seen in cases that failed.")
    private boolean verbose;

    public Strictness strictness() {
        return new Strictness(strict, failFast);
    }

    /** Tells them as it was asked to; returns the exit code that they mean. */
    public int tell(Report report, PrintWriter output) {
        if (junit != null) {
            write("--junit", junit, new JUnitReport(report).toXml());
        }
        if (html != null) {
            write("--html", html, new HtmlReport(report).toHtml());
        }
        output.println(json ? JsonReport.toJson(report) : new TableReport(report, Ansi.AUTO, verbose).toText());
        output.flush();
        if (report.isNothingTried()) {
            return ExitCode.NOT_TRIED;
        }
        return report.conforms() ? ExitCode.YES : ExitCode.NO;
    }

    private static void write(String option, Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandException(option + " " + file + " cannot be written: " + e, e);
        }
    }
}
