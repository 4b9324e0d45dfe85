package io.github.camellva.tools;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command printed, and how it ended.
 *
 * @param output on the standard output
 * @param errors on the standard error output
 */
public record CommandLineRun(int exitCode, String output, String errors) {

    public static CommandLineRun of(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int exitCode = Lva.run(new PrintWriter(output), new PrintWriter(errors), arguments);
        return new CommandLineRun(exitCode, output.toString(), errors.toString());
    }
}
