package io.github.camellva.examples.rig;

import java.io.PrintStream;
import java.util.List;

/** What people read: a line for each thing that happens. Safe for use by many threads. */
public record Console(PrintStream out) {

    public void line(String about, Object text) {
        out.printf("%-10s %s%n", about, text);
    }

    /** A line of another process, with its name before it. */
    public void lineOf(String process, String line) {
        out.printf("%s | %s%n", process, line);
    }

    /** The end, after an empty line. */
    public void summary(List<String> lines) {
        out.println();
        lines.forEach(out::println);
        out.flush();
    }

    /** Only the beginning of a long text. */
    public static String abbreviate(String text, int mostCharacters) {
        return text.length() <= mostCharacters
                ? text
                : text.substring(0, mostCharacters) + "... " + text.length() + " characters";
    }
}
