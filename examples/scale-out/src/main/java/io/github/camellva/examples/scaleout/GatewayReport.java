package io.github.camellva.examples.scaleout;

import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.Console;
import org.apache.camel.Exchange;

/** Counts what a gateway acknowledges, and reports what goes wrong. */
public final class GatewayReport {

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final SeldomLine unanswered;

    GatewayReport(Console console) {
        this.unanswered = new SeldomLine(console, "no answer");
    }

    public void answered() {
        answered.incrementAndGet();
    }

    /** Kafka has the frame, which was acknowledged alone. */
    public void stored() {
        stored.incrementAndGet();
    }

    /** The frame was acknowledged alone, since no worker has looked at it. */
    public void unanswered(Exchange frame) {
        unanswered.report(frame.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage());
    }

    String summary() {
        return (stored.get() > 0 ? stored + " frames stored" : answered + " frames answered")
               + (unanswered.times() == 0 ? "" : ", " + unanswered.times() + " not processed");
    }
}
