package io.github.camellva.examples.scaleout;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.Outcome;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A gateway or a worker: a process that runs its routes until it is told to stop. */
abstract class Member extends Example<Outcome> {

    /** The line that is printed when it runs begins with it. */
    static final String RUNNING = "running";

    /** For frames that are under way; they are in Kafka, and another member goes on with them. */
    private static final int SHUTDOWN_SECONDS = 10;

    private final Console console;
    private final Optional<Parent> parent;

    /** @param parent the process that has started this one and stops it; the user does when there is none */
    Member(Console console, Optional<Parent> parent) {
        this.console = console;
        this.parent = parent;
    }

    /** Makes ready what the routes need, and adds them. */
    abstract void addRoutes(CamelContext context) throws Exception;

    /** What it does, now that it runs. */
    abstract String running(CamelContext context);

    /** What it has done. */
    abstract String finished();

    Console console() {
        return console;
    }

    @Override
    protected final Outcome run(CountDownLatch stop) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
            addRoutes(context);
            context.start();
            console.line(RUNNING, running(context));
            if (parent.isPresent()) {
                // Ctrl-C in a terminal reaches all processes at once, but the parent still wants its cameras answered
                parent.get().awaitEnd();
            } else {
                stop.await();
            }
        }
        console.line("finished", finished());
        return () -> true;
    }
}
