package io.github.camellva.examples.scaleout;

import java.util.Optional;

import org.apache.camel.CamelContext;

/** Takes frames out of Kafka, looks at them, and puts what it found back. It keeps the last picture of each camera, no more. */
final class Worker extends Member {

    private final WorkerSettings settings;

    Worker(WorkerSettings settings, Console console, Optional<Parent> parent) {
        super(console, parent);
        this.settings = settings;
    }

    @Override
    void addRoutes(CamelContext context) throws Exception {
        Topics topics = new Topics(settings.brokers());
        topics.ensureFrames(settings.partitions());
        topics.ensureResults(settings.partitions());
        context.addRoutes(new WorkerRoutes(settings, console()));
    }

    @Override
    String running(CamelContext context) {
        return "looks at frames with " + settings.detector().getClass().getSimpleName();
    }

    @Override
    String finished() {
        return "no more frames are taken";
    }
}
