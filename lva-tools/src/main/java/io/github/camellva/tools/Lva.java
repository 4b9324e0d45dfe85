package io.github.camellva.tools;

import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.camellva.tools.bench.BenchCommand;
import io.github.camellva.tools.check.Check;
import io.github.camellva.tools.record.RecordCommand;
import io.github.camellva.tools.replay.ReplayCommand;
import io.github.camellva.tools.send.SendCommand;
import io.github.camellva.tools.show.Show;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The command {@code lva}. */
@Command(name = "lva",
         description = "Checks, records and tries programs that speak the gRPC extension protocol of Azure Live Video Analytics"
                       + " and Azure Video Analyzer.",
         mixinStandardHelpOptions = true,
         versionProvider = Version.class,
         subcommands = { Check.class, SendCommand.class, RecordCommand.class, ReplayCommand.class, Show.class, BenchCommand.class, GenerateCompletion.class },
         synopsisSubcommandLabel = "COMMAND",
         exitCodeOnExecutionException = ExitCode.NOT_TRIED,
         exitCodeListHeading = "%nExit codes:%n",
         exitCodeList = {
                 "0:What was asked for is so: all was sent, no rule is broken.",
                 "1:It is not so: a rule is broken, an answer is missing or wrong.",
                 "2:It could not be tried: a wrong option, a file or a peer that is not there." },
         footerHeading = "%nTo have the shell complete commands and options:%n",
         footer = "  alias lva='java -jar lva.jar'; source <(lva generate-completion)")
public final class Lva {

    /** Held, since a logger that nobody holds is forgotten, and its level with it. */
    private static final Logger ALL_LOGS = Logger.getLogger("");

    private Lva() {
    }

    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /** Carries out a command; returns its exit code. */
    public static int run(String... arguments) {
        // whatever the locale: the results have more than ASCII
        return run(new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), arguments);
    }

    /** The same, with what it prints somewhere else. */
    static int run(PrintWriter output, PrintWriter errors, String... arguments) {
        // what a peer does wrong is reported in words of the protocol, not logged by libraries
        ALL_LOGS.setLevel(Level.OFF);
        return new CommandLine(new Lva())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setOut(output)
                .setErr(errors)
                .setExecutionExceptionHandler(Lva::explain)
                .setParameterExceptionHandler(Lva::explain)
                .execute(arguments);
    }

    /** What is wrong stays in sight: the options would fill a screen. A command that has others lists them. */
    private static int explain(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter errors = command.getErr();
        errors.println(command.getColorScheme().errorText("lva: " + failure.getMessage()));
        if (!command.getSubcommands().isEmpty() && failure.getClass() == CommandLine.ParameterException.class) {
            command.usage(errors);
        } else if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, errors)) {
            errors.println(command.getCommandSpec().qualifiedName() + " --help tells what is accepted");
        }
        return ExitCode.NOT_TRIED;
    }

    /** A failure that has a line of its own is told by it; any other is a mistake in this program, and needs its stack trace. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(failure instanceof CommandException)) {
            throw failure;
        }
        command.getErr().println(command.getColorScheme().errorText("lva: " + failure.getMessage()));
        return ExitCode.NOT_TRIED;
    }
}
