package io.github.camellva.grpc;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.camellva.grpc.stream.SessionReport;
import org.apache.camel.Route;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** The sessions of all consumers and producers. */
@DevConsole(name = "lvagrpc", displayName = "LVA gRPC", description = "Sessions of video pipelines with extensions")
public class LvaGrpcDevConsole extends AbstractDevConsole {

    public LvaGrpcDevConsole() {
        super("camel", "lvagrpc", "LVA gRPC", "Sessions of video pipelines with extensions");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (Route route : getCamelContext().getRoutes()) {
            if (route.getConsumer() instanceof LvaGrpcConsumer consumer) {
                text.append(String.format("%n    Route Id: %s", route.getRouteId()));
                text.append(String.format("%n    From: %s (listens on %s)", route.getEndpoint(), consumer.getAddress()));
                consumer.sessionReports().forEach(session -> append(text, session));
            }
        }
        for (LvaGrpcProducer producer : producers()) {
            text.append(String.format("%n    To: %s", producer.getEndpoint()));
            producer.sessionReports().forEach(session -> append(text, session));
        }
        return text.append(System.lineSeparator()).toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray consumers = new JsonArray();
        for (Route route : getCamelContext().getRoutes()) {
            if (route.getConsumer() instanceof LvaGrpcConsumer consumer) {
                JsonObject json = new JsonObject();
                json.put("routeId", route.getRouteId());
                json.put("uri", route.getEndpoint().toString());
                json.put("address", consumer.getAddress());
                json.put("port", consumer.getPort());
                json.put("sessions", json(consumer.sessionReports()));
                consumers.add(json);
            }
        }
        JsonArray producers = new JsonArray();
        for (LvaGrpcProducer producer : producers()) {
            JsonObject json = new JsonObject();
            json.put("uri", producer.getEndpoint().toString());
            json.put("sessions", json(producer.sessionReports()));
            producers.add(json);
        }
        JsonObject root = new JsonObject();
        root.put("consumers", consumers);
        root.put("producers", producers);
        return root;
    }

    private List<LvaGrpcProducer> producers() {
        return getCamelContext().hasComponent(LvaGrpcConstants.SCHEME) instanceof LvaGrpcComponent component
                ? component.producers()
                : List.of();
    }

    private static void append(StringBuilder text, SessionReport session) {
        text.append(String.format(Locale.ROOT,
                "%n        Session %s: peer %s, graph '%s' node '%s', %s, %s, since %s"
                        + "%n            %d in flight, %d frames, %d bytes, %d answered, %d %s, %d failed, %.1f ms on average, %.1f ms the last",
                session.id(), session.peer(), session.graphInstance(), session.graphNode(), session.format(),
                session.transfer().label(), session.opened(), session.inFlight(), session.samples(), session.bytes(),
                session.answered(), session.acknowledgedAlone(), session.alone().words(), session.failed(), session.meanMillis(), session.lastMillis()));
        if (session.lastError() != null) {
            text.append(String.format("%n            last error: %s", session.lastError()));
        }
    }

    private static JsonArray json(List<SessionReport> sessions) {
        JsonArray array = new JsonArray();
        for (SessionReport session : sessions) {
            JsonObject json = new JsonObject();
            json.put("id", session.id());
            json.put("peer", session.peer());
            json.put("graphInstance", session.graphInstance());
            json.put("graphNode", session.graphNode());
            json.put("format", session.format());
            json.put("transfer", session.transfer().label());
            json.put("opened", session.opened().toString());
            json.put("inFlight", session.inFlight());
            json.put("frames", session.samples());
            json.put("bytes", session.bytes());
            json.put("answered", session.answered());
            json.put(session.alone().label(), session.acknowledgedAlone());
            json.put("failed", session.failed());
            json.put("meanMillis", session.meanMillis());
            json.put("lastMillis", session.lastMillis());
            if (session.lastError() != null) {
                json.put("lastError", session.lastError());
            }
            array.add(json);
        }
        return array;
    }
}
