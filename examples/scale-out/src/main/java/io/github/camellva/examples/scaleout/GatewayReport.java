package io.github.camellva.examples.scaleout;

import java.time.Duration;

import io.github.camellva.examples.rig.Console;
import org.apache.camel.Exchange;

/** Counts what a gateway acknowledges, and reports what goes wrong: the first of many at once, the others every few seconds. */
public final class GatewayReport {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Console console;
    private long answered;
    private long stored;
    private long unanswered;
    private long lastLineNanos = System.nanoTime() - BETWEEN_LINES.toNanos();

    GatewayReport(Console console) {
        this.console = console;
    }

    public synchronized void answered() {
        answered++;
    }

    /** Kafka has the frame, which was acknowledged alone. */
    public synchronized void stored() {
        stored++;
    }

    /** The frame was acknowledged alone, since no worker has looked at it. */
    public synchronized void unanswered(Exchange frame) {
        unanswered++;
        long now = System.nanoTime();
        if (now - lastLineNanos >= BETWEEN_LINES.toNanos()) {
            lastLineNanos = now;
            String why = frame.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage();
            console.line("no answer", why + (unanswered == 1 ? "" : " (" + unanswered + " frames so far)"));
        }
    }

    synchronized String summary() {
        return (stored > 0 ? stored + " frames stored" : answered + " frames answered")
               + (unanswered == 0 ? "" : ", " + unanswered + " not processed");
    }
}
