package io.github.camellva.tools.record;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.ExitCode;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.Security;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code lva record}. */
@Command(name = "record",
         description = { "Stands between a node and an extension, and writes down what they say to each other, frames in shared memory"
                         + " included. Neither notices, and a disk that is slow or full never slows them: what it cannot take is left"
                         + " out, counted and marked.",
                         "Ctrl-C ends the recording; so does a kill, without harm to what is written." },
         mixinStandardHelpOptions = true,
         footerHeading = "%nFor instance, before an extension on port 5001:%n",
         footer = "  lva record --listen :5000 --to localhost:5001 -o garage.lva")
public final class RecordCommand implements Callable<Integer> {

    private static final int PROGRESS_SECONDS = 10;
    /** A message is read as a whole. */
    private static final int MAX_MESSAGE_MIB = 256;
    private static final int MAX_MIB = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--listen", required = true, paramLabel = "[HOST]:PORT",
            description = "Where nodes connect; without a host on all addresses. Port 0 takes a free one, which is printed.",
            converter = Address.Converter.class)
    private Address listen;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "The extension.",
            converter = Address.Converter.class)
    private Address extension;

    @Option(names = { "-o", "--output" }, required = true, paramLabel = "FILE",
            description = "The recording. It must not exist.")
    private Path output;

    @Option(names = "--max-file-size", paramLabel = "MIB", defaultValue = "1024",
            description = "Continue in FILE-2, FILE-3, … when a file has this size (default: ${DEFAULT-VALUE}).")
    private int maxFileMib;

    @Option(names = "--max-waiting", paramLabel = "MIB", defaultValue = "128",
            description = "How much may wait for the disk before messages are left out (default: ${DEFAULT-VALUE}).")
    private int maxWaitingMib;

    @Option(names = "--max-message-size", paramLabel = "MIB", defaultValue = "64",
            description = "The largest message that is recorded (default: ${DEFAULT-VALUE}).")
    private int maxMessageMib;

    @Option(names = "--shared-memory-directory", paramLabel = "DIR", defaultValue = "/dev/shm",
            description = "Where nodes' shared memory is (default: ${DEFAULT-VALUE}).")
    private Path sharedMemoryDirectory;

    @Mixin
    private Security security;

    @Override
    public Integer call() throws InterruptedException {
        requireMib("--max-file-size", maxFileMib, MAX_MIB);
        requireMib("--max-waiting", maxWaitingMib, MAX_MIB);
        requireMib("--max-message-size", maxMessageMib, MAX_MESSAGE_MIB);
        PrintWriter out = spec.commandLine().getOut();
        RecordingRelay relay = RecordingRelay.start(
                listen, extension, security, output,
                new RecordingRelay.Limits(
                        (long) maxFileMib << 20, (long) maxWaitingMib << 20, maxMessageMib << 20, sharedMemoryDirectory));
        Thread atExit = new Thread(() -> {
            relay.close();
            out.println("recorded " + relay + " in " + output);
            out.flush();
        }, "lva-stop");
        Runtime.getRuntime().addShutdownHook(atExit);
        out.println("Listening on port " + relay.port() + ", relaying to " + extension + ", recording in " + output + "; Ctrl-C ends it.");
        out.flush();
        String told = "";
        while (!relay.awaitEnd(PROGRESS_SECONDS)) {
            if (!relay.toString().equals(told)) {
                told = relay.toString();
                out.println(told);
                out.flush();
            }
        }
        return ExitCode.YES;
    }

    private static void requireMib(String option, int mib, int most) {
        if (mib < 1 || mib > most) {
            throw new CommandException(option + " " + mib + " is not accepted; it is MiB, 1 to " + most);
        }
    }
}
