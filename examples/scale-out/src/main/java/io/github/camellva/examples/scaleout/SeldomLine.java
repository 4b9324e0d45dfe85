package io.github.camellva.examples.scaleout;

import java.time.Duration;

import io.github.camellva.examples.rig.Console;

/** Reports what may happen to every frame: the first time at once, then every few seconds how often it has happened. */
final class SeldomLine {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Console console;
    private final String about;
    private long times;
    private long lastLineNanos = System.nanoTime() - BETWEEN_LINES.toNanos();

    SeldomLine(Console console, String about) {
        this.console = console;
        this.about = about;
    }

    synchronized void report(String text) {
        times++;
        long now = System.nanoTime();
        if (now - lastLineNanos >= BETWEEN_LINES.toNanos()) {
            lastLineNanos = now;
            console.line(about, text + (times == 1 ? "" : " (" + times + " frames so far)"));
        }
    }

    synchronized long times() {
        return times;
    }
}
