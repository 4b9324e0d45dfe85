package io.github.camellva.tools.check.extension;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.ExitCode;
import io.github.camellva.tools.PeerOptions;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.CaseSelection;
import io.github.camellva.tools.check.Format;
import io.github.camellva.tools.check.ReportOptions;
import io.github.camellva.tools.check.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code lva check extension}. */
@Command(name = "extension",
         description = {
                 "Checks an extension: a server that gets frames and answers with what it found in them.",
                 "",
                 "It opens sessions as a node does, sends frames and all kinds of mistakes, and compares what comes back with the rules"
                               + " of the specification (docs/protocol.md). What is found in the frames does not matter.",
                 "" },
         mixinStandardHelpOptions = true,
         footerHeading = "%nExamples:%n",
         footer = {
                 "  lva check extension localhost:5001",
                 "  lva check extension localhost:5001 --html report.html --junit report.xml",
                 "  lva check extension localhost:5001 --format JPG/416x416 --patience 5000",
                 "  lva check extension localhost:5001 --only SM,AK-1.2 --verbose",
                 "  lva check extension cameras.example:443 --trust ca.pem --username node --password",
                 "",
                 "An extension that answers late, with the next frame or in batches, is recognised, gets the frames that it waits for,"
                       + " and breaks only AK-10.",
                 "",
                 "Exit codes: 0 no rule that MUST be kept was seen broken; 1 one was; 2 it could not be tried." })
public final class CheckExtension implements Callable<Integer> {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @Mixin
    private PeerOptions peer;

    @Mixin
    private CaseSelection selection;

    @Mixin
    private ReportOptions reporting;

    @Option(names = "--format", paramLabel = "FORMAT", converter = FormatConverter.class,
            description = "What the frames of most cases are: RAW/BGR24/640x480, JPG/416x416, … By default the first of those that the"
                          + " extension serves, RAW before encoded, 64x48 before 416x416.")
    private Format format;

    @Option(names = "--shared-memory", paramLabel = "DIR|no",
            description = "Where the extension finds shared memory. By default /dev/shm if it is on this machine; no leaves those cases"
                          + " out.")
    private String sharedMemory;

    @Option(names = "--patience", paramLabel = "MS", defaultValue = "2000",
            description = "How long one answer may take, milliseconds. Default: ${DEFAULT-VALUE}.")
    private long patience;

    @Option(names = "--case-time", paramLabel = "MS", defaultValue = "20000",
            description = "How long one case may take, milliseconds. Default: ${DEFAULT-VALUE}.")
    private long caseTime;

    @Option(names = "--max-message-size", paramLabel = "MIB", defaultValue = "70",
            description = "The largest message that is tried, MiB. Default: ${DEFAULT-VALUE}.")
    private int maxMessageSize;

    @Option(names = "--hostile",
            description = "Also try what may harm it: floods, thousands of sessions, files that shrink while they are read.")
    private boolean hostile;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter output = command.commandLine().getOut();
        List<ExtensionCase> cases = Catalogue.of(Specification.published()).stream()
                .filter(each -> selection.includes(each.info())).toList();
        if (cases.isEmpty()) {
            throw new CommandException("no case is left; --list shows all of them");
        }
        if (selection.isListWanted()) {
            cases.forEach(each -> output.printf("%-8s %-6s %s%s%n", each.info().id(), each.info().level(), each.info().expected(),
                    each.needs().contains(Need.HOSTILE) ? " (--hostile)" : ""));
            output.flush();
            return ExitCode.YES;
        }
        Terminal terminal = Terminal.of(command.commandLine().getErr());
        return reporting.tell(new ExtensionCheck(target(), format, met(), reporting.strictness(), terminal).run(cases), output);
    }

    private Target target() {
        return new Target(peer, memoryDirectory(), Duration.ofMillis(patience), Duration.ofMillis(caseTime), maxMessageSize << 20);
    }

    private Set<Need> met() {
        Set<Need> met = EnumSet.of(peer.isSecured() ? Need.TLS : Need.PLAIN_TEXT);
        if (memoryDirectory() != null) {
            met.add(Need.SHARED_MEMORY);
        }
        if (peer.hasCredentials()) {
            met.add(Need.CREDENTIALS);
        }
        if (hostile) {
            met.add(Need.HOSTILE);
        }
        return met;
    }

    /** Null for none. */
    private Path memoryDirectory() {
        if (sharedMemory == null) {
            return isOnThisMachine() && Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : null;
        }
        if (sharedMemory.equals("no")) {
            return null;
        }
        Path directory = Path.of(sharedMemory);
        if (!Files.isWritable(directory)) {
            throw new CommandException("--shared-memory " + directory + " is no directory that can be written; name the one where the"
                                       + " extension looks for handles, or no");
        }
        return directory;
    }

    private boolean isOnThisMachine() {
        try {
            return InetAddress.getByName(peer.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new CommandException("host '" + peer.host() + "' is unknown", e);
        }
    }
}
