package io.github.camellva.examples.scaleout;

import java.io.PrintStream;

/** A line for everything that happens, for people. Safe for use by many threads. */
record Console(PrintStream out) {

    void line(String about, String text) {
        out.printf("%-10s %s%n", about, text);
    }

    /** A line of a process, with its name before it. */
    void lineOf(String process, String line) {
        out.printf("%s | %s%n", process, line);
    }
}
