package io.github.camellva.examples.scaleout;

import java.io.PrintStream;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Outcome;
import io.github.camellva.examples.rig.UsageException;
import org.apache.camel.main.Main;

/** A gateway or a worker, as {@code -Drole} says: camel-main runs its routes until the process is stopped. */
public final class ScaleOut extends Example<Outcome> {

    /** The line that is printed when it runs begins with it. */
    static final String RUNNING = "running";

    /** For frames that are under way; they are in Kafka, and another member goes on with them. */
    private static final int SHUTDOWN_SECONDS = 10;

    private final Member member;
    private final Console console;

    private ScaleOut(Member member, Console console) {
        this.member = member;
        this.console = console;
    }

    /** Options are system properties. */
    public static void main(String[] args) {
        launch(() -> of(System.getProperties(), System.out));
    }

    static ScaleOut of(Properties options, PrintStream out) throws UsageException {
        Console console = new Console(out);
        String role = options.getProperty("role", "");
        Member member = switch (role) {
            case "gateway" -> OptionReader.read(new Gateway(), options);
            case "worker" -> OptionReader.read(new Worker(), options);
            default -> throw new UsageException("-Drole=" + role + ": accepted are gateway, worker");
        };
        member.check();
        return new ScaleOut(member, console);
    }

    @Override
    protected Outcome run(CountDownLatch stop) throws Exception {
        Main main = new Main();
        main.configure().withShutdownTimeout(SHUTDOWN_SECONDS);
        member.configure(main);
        try {
            main.start();
            console.line(RUNNING, member.running(main.getCamelContext()));
            stop.await();
        } finally {
            main.stop();
        }
        console.line("finished", member.finished());
        return () -> true;
    }
}
