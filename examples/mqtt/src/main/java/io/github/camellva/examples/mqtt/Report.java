package io.github.camellva.examples.mqtt;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells people what happens, a line for each thing. Safe for use by many threads. */
final class Report {

    private static final int MOST_CHARACTERS_SHOWN = 100;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void line(String about, String what) {
        out.println(String.format(Locale.ROOT, "%-10s %s", about, what));
    }

    /** Only its beginning when it is long. */
    void document(String about, String topic, byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        line(about, topic + " " + (text.length() > MOST_CHARACTERS_SHOWN
                ? text.substring(0, MOST_CHARACTERS_SHOWN) + "... " + text.length() + " characters"
                : text));
    }

    void summary(Summary summary) {
        out.println();
        summary.lines().forEach(out::println);
        out.flush();
    }
}
