package io.github.camellva.examples.mqtt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Measures how many frames are in the steps of the route at once, of which sessions they are, and how long its queue gets. */
final class RouteGauge extends EventNotifierSupport implements InterceptStrategy {

    private final Map<String, Set<String>> sessionsOfCamera = new HashMap<>();
    private final Map<String, Integer> inRouteOfSession = new HashMap<>();
    private int mostInRouteOfSession;
    private int longestQueue;

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target, Processor next) {
        boolean ofExtension = step.getParent() instanceof RouteDefinition route && route.getId().equals("extension");
        return ofExtension ? new Step(target) : target;
    }

    @Override
    public synchronized void notify(CamelEvent event) {
        if (event instanceof ExchangeSentEvent sent && sent.getEndpoint() instanceof SedaEndpoint queue) {
            longestQueue = Math.max(longestQueue, queue.getCurrentQueueSize());
        }
    }

    private synchronized void enter(Exchange exchange) {
        String session = exchange.getMessage().getHeader(LvaGrpcConstants.SESSION_ID, String.class);
        String camera = exchange.getMessage().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, String.class);
        sessionsOfCamera.computeIfAbsent(camera, name -> new HashSet<>()).add(session);
        mostInRouteOfSession = Math.max(mostInRouteOfSession, inRouteOfSession.merge(session, 1, Integer::sum));
    }

    private synchronized void leave(Exchange exchange) {
        inRouteOfSession.merge(exchange.getMessage().getHeader(LvaGrpcConstants.SESSION_ID, String.class), -1, Integer::sum);
    }

    /** Of all sessions, now. */
    synchronized int inRoute() {
        return inRouteOfSession.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int mostInRouteOfSession() {
        return mostInRouteOfSession;
    }

    synchronized int longestQueue() {
        return longestQueue;
    }

    /** That each camera ever had. */
    synchronized Map<String, Set<String>> sessionsOfCamera() {
        return Map.copyOf(sessionsOfCamera);
    }

    private final class Step extends DelegateAsyncProcessor {

        Step(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            enter(exchange);
            return super.process(exchange, doneSync -> {
                leave(exchange);
                callback.done(doneSync);
            });
        }
    }
}
