package io.github.camellva.tools.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.ExitCode;
import io.github.camellva.tools.json.Json;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.Causes;
import io.github.camellva.tools.peer.ExtensionConnection;
import io.github.camellva.tools.peer.Security;
import io.github.camellva.tools.recording.Recording;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code lva replay}. */
@Command(name = "replay",
         description = "Sends the frames of a recording to an extension, and compares its answers with the recorded ones: so a new"
                       + " model is tried on old frames before it goes live.",
         mixinStandardHelpOptions = true,
         exitCodeListHeading = "%nExit codes:%n",
         exitCodeList = {
                 "0:All frames were answered, and with --diff the answers agree as far as asked for.",
                 "1:Frames were not answered, or the answers agree too little.",
                 "2:The recording or the extension cannot be reached." },
         footerHeading = "%nFor instance:%n",
         footer = "  lva replay garage.lva localhost:5001 --diff --min-agreement 0.95 --report diff.html")
public final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE[,FILE]", split = ",", description = "What 'lva record' has written; parts in their order.")
    private List<Path> files;

    @Parameters(index = "1", paramLabel = "HOST:PORT", description = "The extension.", converter = Address.Converter.class)
    private Address extension;

    @Option(names = "--fast", description = "As fast as the extension answers, in place of the pace of the recording.")
    private boolean fast;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "8",
            description = "Frames of a session that wait for their answer at once, 2 or more (default: ${DEFAULT-VALUE}).")
    private int maxInFlight;

    @Option(names = "--timeout", paramLabel = "MS", defaultValue = "20000",
            description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
    private long timeoutMillis;

    @Option(names = "--diff", description = "Compare the answers with the recorded ones.")
    private boolean diff;

    @Option(names = "--iou", paramLabel = "FRACTION", defaultValue = "0.5",
            description = "Overlap from which two boxes of a tag are the same, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double minIou;

    @Option(names = "--min-agreement", paramLabel = "FRACTION", defaultValue = "0",
            description = "Exit with 1 if the answers agree less, 0 to 1 (default: ${DEFAULT-VALUE}). Implies --diff.")
    private double minAgreement;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Write the frames that differ most as a page. Implies --diff.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private Security security;

    @Override
    public Integer call() throws InterruptedException {
        if (maxInFlight < 2) {
            throw new CommandException("--in-flight " + maxInFlight + " is not accepted; some extensions need 2 or more");
        }
        if (timeoutMillis < 1) {
            throw new CommandException("--timeout " + timeoutMillis + " is not accepted; it is milliseconds, 1 or more");
        }
        Results results = new Results(minIou);
        try (ExtensionConnection connection = new ExtensionConnection(extension, security)) {
            Replay replay = new Replay(
                    connection, fast ? Pace.fast() : Pace.recorded(), maxInFlight, Duration.ofMillis(timeoutMillis), results);
            new Recording(files).read(replay);
            replay.finish();
        }
        boolean compares = diff || report != null || minAgreement > 0;
        print(results.toMap(compares));
        if (report != null) {
            writeReport(results, report);
        }
        return results.isComplete() && results.agreement() >= minAgreement ? ExitCode.YES : ExitCode.NO;
    }

    private void writeReport(Results results, Path file) {
        try {
            new DiffReport(results).write(file, files.get(0).getFileName() + " replayed to " + extension);
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + Causes.inWords(e), e);
        }
    }

    private void print(Map<String, Object> results) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(results));
        } else {
            results.forEach((name, value) -> print(out, name, value));
        }
        out.flush();
    }

    private static void print(PrintWriter out, String name, Object value) {
        if (value instanceof Map<?, ?> tags) {
            tags.forEach((tag, tally) -> out.printf("  %-24s %s%n", tag, inWords(tally)));
        } else {
            out.printf("%-26s %s%n", name, value);
        }
    }

    /** Such as "same 20, moved 1". */
    private static String inWords(Object tally) {
        return ((Map<?, ?>) tally).entrySet().stream().map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
