package io.github.camellva.examples.mqtt;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Sees in a running route when publishing begins to fail and when it works again, and counts the results that are discarded. */
final class BrokerWatch extends EventNotifierSupport {

    private final Report report;
    private final AtomicLong discarded = new AtomicLong();
    /** 0 while it can be reached. */
    private long failingSince;

    BrokerWatch(Report report) {
        this.report = report;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    void addTo(CamelContext context) {
        context.getManagementStrategy().addEventNotifier(this);
    }

    /** Results that found the queue full. */
    long discarded() {
        return discarded.get();
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeRedeliveryEvent redelivery) {
            failed(redelivery.getExchange().getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        } else if (event instanceof ExchangeSentEvent sent && sent.getExchange().getException() == null) {
            sent(sent.getEndpoint());
        }
    }

    private void sent(Endpoint endpoint) {
        String uri = endpoint.getEndpointUri();
        if (uri.startsWith("paho-mqtt5:")) {
            published();
        } else if (uri.startsWith("log:")) {
            discarded.incrementAndGet();
        }
    }

    private synchronized void failed(Throwable cause) {
        if (failingSince == 0) {
            failingSince = System.nanoTime();
            report.line("broker", "does not take results: " + reason(cause));
        }
    }

    private synchronized void published() {
        if (failingSince != 0) {
            Duration failing = Duration.ofNanos(System.nanoTime() - failingSince);
            failingSince = 0;
            report.line("broker", "takes results again, after " + failing.toMillis() / 1000.0 + " s");
        }
    }

    private static String reason(Throwable cause) {
        Throwable last = cause;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.toString() : last.getMessage();
    }
}
