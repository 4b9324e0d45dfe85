package io.github.camellva.tools;

import java.io.PrintWriter;

import picocli.CommandLine.Help.Ansi;

/** Where a person reads: progress and colours go there, and nowhere else. */
public final class Terminal {

    private static final int WIDTH = 100;

    private final PrintWriter writer;
    private final Ansi ansi;

    private Terminal(PrintWriter writer, Ansi ansi) {
        this.writer = writer;
        this.ansi = ansi;
    }

    /** The one that errors go to, so that what is piped on is the result alone. */
    public static Terminal of(PrintWriter errors) {
        return new Terminal(errors, Ansi.AUTO);
    }

    /** Shows how far long work has come, in place of what was shown before; nothing unless a person is there. */
    public void progress(String text) {
        if (ansi.enabled()) {
            writer.print("\r\u001b[K" + (text.length() > WIDTH ? text.substring(0, WIDTH) : text));
            writer.flush();
        }
    }

    /** The work is done. */
    public void clear() {
        progress("");
    }
}
