package io.github.camellva.examples.rig;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Counts what became of the frames that a route takes from {@code lvavideo:}, and knows when the route has stopped. */
public final class RouteFrames extends EventNotifierSupport {

    private final String route;
    private final Tally tally;
    private final Sender.Listener listener;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, Begun> inFlight = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private record Begun(CameraFrame frame, long nanos) {
    }

    /** @param listener is told after a frame was counted */
    public RouteFrames(String route, Tally tally, Sender.Listener listener) {
        this.route = route;
        this.tally = tally;
        this.listener = listener;
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
    }

    /** Is counted down when the route stops, as it does at the end of its video. */
    public CountDownLatch stopped() {
        return stopped;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeCreatedEvent created && isOurs(created.getExchange())) {
            tally.sent();
            inFlight.put(created.getExchange().getExchangeId(), begin(created.getExchange()));
        } else if (event instanceof CamelEvent.ExchangeCompletedEvent completed) {
            end(completed.getExchange());
        } else if (event instanceof CamelEvent.ExchangeFailedEvent failed) {
            end(failed.getExchange());
        } else if (event instanceof CamelEvent.RouteStoppedEvent stopping && stopping.getRoute().getRouteId().equals(route)) {
            stopped.countDown();
        }
    }

    /** The route is not known yet when an exchange is made. */
    private static boolean isOurs(Exchange exchange) {
        return exchange.getFromEndpoint().getEndpointUri().startsWith("lvavideo:");
    }

    private Begun begin(Exchange exchange) {
        return new Begun(
                new CameraFrame(
                        exchange.getMessage().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "", String.class), number.incrementAndGet(),
                        exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP, 0L, Long.class)),
                System.nanoTime());
    }

    private void end(Exchange exchange) {
        Begun begun = inFlight.remove(exchange.getExchangeId());
        if (begun != null) {
            tally.count(FrameOutcome.of(exchange));
            listener.done(begun.frame, Duration.ofNanos(System.nanoTime() - begun.nanos), exchange);
        }
    }
}
