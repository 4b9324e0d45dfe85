package io.github.camellva.examples.onnx;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.grpc.Context;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;

/** A time limit for gRPC calls that the steps inside of it make: calls that take longer are ended, also at the server. */
final class Deadline implements Policy {

    private final Duration limit;
    private final ScheduledExecutorService timer;

    /** @param timer is not shut down */
    Deadline(Duration limit, ScheduledExecutorService timer) {
        this.limit = limit;
        this.timer = timer;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing about the steps is changed
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> {
            try (Context.CancellableContext limited
                    = Context.current().withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS, timer)) {
                limited.call(() -> {
                    steps.process(exchange);
                    return null;
                });
            }
        };
    }
}
