package io.github.camellva.examples.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** Counts the frames of each camera that are in the route. */
final class InRoute extends RoutePolicySupport {

    private final Map<String, Integer> now = new ConcurrentHashMap<>();
    private final Map<String, Integer> most = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> sessions = new ConcurrentHashMap<>();

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        if (route.getRouteId().equals("detect")) {
            String camera = camera(exchange);
            int frames = now.merge(camera, 1, Integer::sum);
            most.merge(camera, frames, Math::max);
            sessions.computeIfAbsent(camera, key -> ConcurrentHashMap.newKeySet())
                    .add(exchange.getMessage().getHeader(LvaGrpcConstants.SESSION_ID, String.class));
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (route.getRouteId().equals("detect")) {
            now.merge(camera(exchange), -1, Integer::sum);
        }
    }

    int now() {
        return now.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Of any camera, at any time. */
    int most() {
        return most.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Of each camera, the sessions that it had. */
    Collection<Set<String>> sessions() {
        return sessions.values();
    }

    private static String camera(Exchange exchange) {
        return exchange.getMessage().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, String.class);
    }
}
