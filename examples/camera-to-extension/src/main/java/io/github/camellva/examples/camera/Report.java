package io.github.camellva.examples.camera;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells people what happens, and counts it. Safe for use by many threads. */
final class Report {

    private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(5);

    private final PrintStream out;
    private final List<String> problems = new ArrayList<>();
    private long sent;
    private long answered;
    private long failed;
    private long failedInARow;
    private long leftOut;
    private long startNanos;
    private long lastAnswerNanos;
    private long progressNanos;

    Report(PrintStream out) {
        this.out = out;
    }

    void line(String about, String text) {
        out.printf("%-10s %s%n", about, text);
    }

    synchronized void sent() {
        long now = System.nanoTime();
        if (sent++ == 0) {
            startNanos = now;
            lastAnswerNanos = now;
            progressNanos = now;
        } else if (now - progressNanos > BETWEEN_PROGRESS.toNanos()) {
            progressNanos = now;
            line("progress", summary().counts());
        }
    }

    synchronized void answered(long number) {
        lastAnswerNanos = System.nanoTime();
        answered++;
        if (failedInARow > 0) {
            line("answered", "frame " + number + ", after " + failedInARow + " that failed");
            failedInARow = 0;
        }
    }

    /** The first of several in a row is told, the others are counted: they fail for the same reason. */
    synchronized void failed(long number, String why) {
        failed++;
        if (failedInARow++ == 0) {
            line("failed", "frame " + number + ": " + why);
        }
    }

    synchronized void leftOut() {
        leftOut++;
    }

    synchronized void problem(String what) {
        problems.add(what);
        line("problem", what);
    }

    synchronized long inFlight() {
        return sent - answered - failed;
    }

    synchronized Summary summarize() {
        Summary summary = summary();
        line("finished", summary.counts());
        out.println("answered " + answered + " of " + sent + " frames");
        out.flush();
        return summary;
    }

    private Summary summary() {
        return new Summary(sent, answered, failed, leftOut, problems, Duration.ofNanos(lastAnswerNanos - startNanos));
    }
}
