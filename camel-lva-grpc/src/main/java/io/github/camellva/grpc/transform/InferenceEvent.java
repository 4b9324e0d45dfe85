package io.github.camellva.grpc.transform;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.grpc.inference.Inferences;
import io.github.camellva.proto.Inference;
import org.apache.camel.Message;
import org.apache.camel.support.MessageHelper;

/** What was found in one frame, and what identifies it as an event. */
final class InferenceEvent {

    static final String CONTENT_TYPE = "application/json";

    private static final int DEFAULT_TIMESCALE = 90_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Message message;
    private final InferenceDocument document;

    private InferenceEvent(Message message, InferenceDocument document) {
        this.message = message;
        this.document = document;
    }

    /** Empty when nothing was found. */
    static Optional<InferenceEvent> of(Message message) {
        MessageHelper.resetStreamCache(message);
        Object body = message.getBody();
        // a body that is still the picture means that nothing was found
        List<Inference> inferences = body instanceof ByteBuffer ? List.of() : Inferences.of(body);
        if (inferences.isEmpty()) {
            return Optional.empty();
        }
        long timestamp = message.getHeader(LvaGrpcConstants.TIMESTAMP, 0L, Long.class);
        return Optional.of(new InferenceEvent(message, new InferenceDocument(timestamp, inferences)));
    }

    InferenceDocument document() {
        return document;
    }

    /** Attributes of CloudEvents 1.0 except the content type; empty ones are omitted. */
    Map<String, String> cloudEventAttributes() {
        EventOrigin origin = EventOrigin.of(message);
        String graphInstance = text(message, LvaGrpcConstants.GRAPH_INSTANCE_NAME);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", id());
        attributes.put("source", uriReference(origin.subject()));
        attributes.put("type", origin.eventType());
        attributes.put("time", time().toString());
        if (!graphInstance.isEmpty()) {
            attributes.put("subject", graphInstance);
        }
        return attributes;
    }

    /** Properties that Azure's modules set; empty ones are omitted. */
    Map<String, String> eventGridProperties() {
        EventOrigin origin = EventOrigin.of(message);
        String account = text(message, LvaGrpcConstants.MEDIA_SERVICES_ARM_ID);
        Map<String, String> properties = new LinkedHashMap<>();
        if (!account.isEmpty()) {
            properties.put("topic", account);
        }
        properties.put("subject", origin.subject());
        properties.put("eventType", origin.eventType());
        properties.put("eventTime", time().toString());
        properties.put("dataVersion", "1.0");
        return properties;
    }

    /** Unique for each frame. */
    private String id() {
        String session = text(message, LvaGrpcConstants.SESSION_ID);
        // a producer's results do not belong to a session of this extension
        return session.isEmpty()
                ? message.getExchange().getExchangeId()
                : session + "-" + message.getHeader(LvaGrpcConstants.SEQUENCE_NUMBER);
    }

    /** When the frame was taken. */
    private Instant time() {
        int timescale = message.getHeader(LvaGrpcConstants.TIMESCALE, DEFAULT_TIMESCALE, Integer.class);
        int ticksPerSecond = timescale > 0 ? timescale : DEFAULT_TIMESCALE;
        return Instant.ofEpochSecond(
                Long.divideUnsigned(document.timestamp(), ticksPerSecond),
                Long.remainderUnsigned(document.timestamp(), ticksPerSecond) * NANOS_PER_SECOND / ticksPerSecond)
                .truncatedTo(ChronoUnit.MICROS);
    }

    /** A path with characters that a URI may not hold (RFC 3986) encoded. */
    private static String uriReference(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the path " + path + " cannot be made a URI: " + e.getReason(), e);
        }
    }

    private static String text(Message message, String header) {
        return message.getHeader(header, "", String.class);
    }

    /**
     * Where an event comes from, as the product that runs the pipeline names it.
     *
     * @param subject   the path from the edge module to the pipeline's node that asked for inferences
     * @param eventType of inferences
     */
    private record EventOrigin(String subject, String eventType) {

        /** The module's name in Azure's deployment manifests for Video Analyzer. */
        private static final String DEFAULT_EDGE_MODULE = "avaedge";

        static EventOrigin of(Message message) {
            return isLiveVideoAnalytics(text(message, LvaGrpcConstants.MEDIA_SERVICES_ARM_ID))
                    ? liveVideoAnalytics(message)
                    : videoAnalyzer(message);
        }

        /** It uses accounts of Media Services; Video Analyzer has its own kind. */
        private static boolean isLiveVideoAnalytics(String account) {
            return account.toLowerCase(Locale.ROOT).contains("/mediaservices/");
        }

        private static EventOrigin liveVideoAnalytics(Message message) {
            return new EventOrigin(
                    segment("graphInstances", text(message, LvaGrpcConstants.GRAPH_INSTANCE_NAME))
                                + segment("processors", text(message, LvaGrpcConstants.GRAPH_NODE_NAME)),
                    "Microsoft.Media.Graph.Analytics.Inference");
        }

        private static EventOrigin videoAnalyzer(Message message) {
            return new EventOrigin(
                    segment("edgeModules", message.getHeader(LvaGrpcConstants.EDGE_MODULE, DEFAULT_EDGE_MODULE, String.class))
                                + segment("livePipelines", text(message, LvaGrpcConstants.GRAPH_INSTANCE_NAME))
                                + segment("processors", text(message, LvaGrpcConstants.GRAPH_NODE_NAME)),
                    "Microsoft.VideoAnalyzer.Analytics.Inference");
        }

        /** Empty for a part of the path that the node did not name. */
        private static String segment(String kind, String name) {
            return name.isEmpty() ? "" : "/" + kind + "/" + name;
        }
    }
}
