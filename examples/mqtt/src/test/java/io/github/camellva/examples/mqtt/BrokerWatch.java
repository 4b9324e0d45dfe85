package io.github.camellva.examples.mqtt;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.Console;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Sees in a running route when publishing begins to fail and when all is well again, and counts results that are discarded. */
final class BrokerWatch extends EventNotifierSupport {

    private final Console console;
    private final AtomicLong discarded = new AtomicLong();
    /** Exchanges that wait to be published again. */
    private final Set<String> failing = new HashSet<>();
    private long failingSince;

    BrokerWatch(Console console) {
        this.console = console;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    /** Results that found the queue full, or still waited for the broker when the extension was stopped. */
    long discarded() {
        return discarded.get();
    }

    /** Whether something waits to be published again. */
    synchronized boolean isFailing() {
        return !failing.isEmpty();
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSentEvent sent) {
            String uri = sent.getEndpoint().getEndpointUri();
            if (uri.startsWith("paho-mqtt5:")) {
                published(sent.getExchange());
            } else if (uri.startsWith("log:")) {
                discarded.incrementAndGet();
            }
        } else if (event instanceof ExchangeFailedEvent failed && forget(failed.getExchange())) {
            discarded.incrementAndGet();
        } else if (event instanceof ExchangeCompletedEvent completed) {
            forget(completed.getExchange());
        }
    }

    private synchronized void published(Exchange exchange) {
        if (exchange.getException() != null) {
            failed(exchange);
        } else if (failing.remove(exchange.getExchangeId()) && failing.isEmpty()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - failingSince);
            console.line("broker", "takes results again, after " + waited.toMillis() / 1000.0 + " s");
        }
    }

    private void failed(Exchange exchange) {
        if (failing.isEmpty()) {
            failingSince = System.nanoTime();
            console.line("broker", "does not take results: " + reason(exchange.getException()));
        }
        failing.add(exchange.getExchangeId());
    }

    /** Whether it still waited to be published. */
    private synchronized boolean forget(Exchange exchange) {
        return failing.remove(exchange.getExchangeId());
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
