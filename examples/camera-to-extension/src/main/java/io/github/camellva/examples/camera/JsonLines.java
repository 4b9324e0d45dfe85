package io.github.camellva.examples.camera;

import java.io.PrintStream;

import org.apache.camel.Body;

/** Prints documents, each on a line of its own. */
public class JsonLines {

    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    public synchronized void print(@Body String json) {
        out.println(json);
    }
}
