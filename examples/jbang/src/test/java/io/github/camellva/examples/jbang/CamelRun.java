package io.github.camellva.examples.jbang;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.ChildProcess;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Outcome;
import picocli.CommandLine.Option;

/** Types the two commands of the README, with the component as it is in this project. */
public final class CamelRun extends Example<CamelRun.Summary> {

    /** The CLI may have to download first. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Pattern STARTED = Pattern.compile("Started extension");
    private static final Pattern FAILED = Pattern.compile("Route extension failed for sample|Failed delivery for");
    private static final Pattern ANSWERED = Pattern.compile("picture-\\d\\.jpg: answered, [1-9]\\d* found$");
    private static final Pattern NOT_PROCESSED = Pattern.compile("picture-\\d\\.jpg: notProcessed, ");

    @Option(names = "-Dseconds")
    @OptionReader.WholeNumber(to = 86_400, example = 10)
    int seconds = 10;

    private final PrintStream out;
    private final CamelCommand.Build build;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong notProcessed = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    /**
     * What came of a run.
     *
     * @param answered     frames that came back to the camera with what the model found
     * @param notProcessed frames that came back because the extension skipped them or its route failed
     * @param failures     that the CLI has logged
     */
    public record Summary(long answered, long notProcessed, long failures) implements Outcome {

        @Override
        public boolean isComplete() {
            return answered > 0 && failures == 0;
        }
    }

    CamelRun(CamelCommand.Build build, PrintStream out) {
        this.out = out;
        this.build = build;
    }

    public static void main(String[] arguments) {
        launch(() -> OptionReader.read(
                new CamelRun(CamelCommand.Build.ofSystemProperties(), System.out), System.getProperties()));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        String extensionPort = "--prop=extension.port=" + freePort();
        int modelPort = freePort();
        try (CamelCommand camel = new CamelCommand(build);
             ChildProcess extension = start(camel, camel.run("extension.camel.yaml",
                     extensionPort, "--prop=model.url=http://localhost:" + modelPort + "/score", "--logging-color=false"))) {
            extension.awaitLine(STARTED, START_TIMEOUT);
            try (ChildProcess standIns = start(camel, camel.run("stand-ins.camel.yaml",
                    extensionPort, "--port=" + modelPort, "--max-seconds=" + seconds, "--logging-color=false"))) {
                await(stop, standIns, extension);
            }
        }
        out.println();
        if (failures.get() > 0) {
            out.println(failures + " failures, which the lines above explain");
        }
        if (notProcessed.get() > 0) {
            out.println(notProcessed + " frames were not processed");
        }
        out.println("answered " + answered + " frames");
        return new Summary(answered.get(), notProcessed.get(), failures.get());
    }

    private ChildProcess start(CamelCommand camel, List<String> arguments) throws IOException {
        out.println("$ camel " + String.join(" ", arguments));
        return camel.start(arguments, this::print);
    }

    private synchronized void print(String line) {
        out.println(line);
        if (ANSWERED.matcher(line).find()) {
            answered.incrementAndGet();
        } else if (NOT_PROCESSED.matcher(line).find()) {
            notProcessed.incrementAndGet();
        } else if (FAILED.matcher(line).find()) {
            failures.incrementAndGet();
        }
    }

    private static void await(CountDownLatch stop, ChildProcess... processes) throws InterruptedException {
        for (ChildProcess process : processes) {
            CompletableFuture<Integer> exit = process.onExit();
            exit.thenRun(stop::countDown);
        }
        stop.await();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
