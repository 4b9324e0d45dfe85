package io.github.camellva.examples.scaleout;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * A frame as a Kafka record: the camera as its key, the picture as its value, and what else is known of it in headers. Those
 * that begin with Camel do not get into Kafka; these are plain text, so that workers may be written in anything.
 */
public final class FrameRecord {

    /** When it was taken, in ticks. */
    static final String TIMESTAMP = "lva-timestamp";
    /**
     * Where the gateway that holds the session waits for the answer; absent when it does not. A property of the exchange in the
     * worker.
     */
    static final String ANSWER_TOPIC = "lva-answer-topic";
    /** Why a frame was not looked at, in a rejected frame and in the answer to it. */
    static final String FAILURE = "lva-failure";

    /** A property of the exchange in the worker: the frame as it came. */
    private static final String PICTURE = "picture";

    private static final List<Field> FIELDS = List.of(
            new Field("lva-session", LvaGrpcConstants.SESSION_ID, String.class),
            new Field("lva-sequence", LvaGrpcConstants.SEQUENCE_NUMBER, Long.class),
            new Field(TIMESTAMP, LvaGrpcConstants.TIMESTAMP, Long.class),
            new Field("lva-timescale", LvaGrpcConstants.TIMESCALE, Integer.class),
            new Field("lva-graph-instance", LvaGrpcConstants.GRAPH_INSTANCE_NAME, String.class),
            new Field("lva-graph-node", LvaGrpcConstants.GRAPH_NODE_NAME, String.class),
            new Field("lva-arm-id", LvaGrpcConstants.MEDIA_SERVICES_ARM_ID, String.class),
            new Field("lva-extension-configuration", LvaGrpcConstants.EXTENSION_CONFIGURATION, String.class),
            new Field("lva-encoding", LvaGrpcConstants.ENCODING, String.class),
            new Field("lva-width", LvaGrpcConstants.WIDTH, Integer.class),
            new Field("lva-height", LvaGrpcConstants.HEIGHT, Integer.class));

    private FrameRecord() {
    }

    /** A frame that is about to be stored. */
    public static void describe(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(KafkaConstants.KEY, camera(message));
        for (Field field : FIELDS) {
            String value = message.getHeader(field.camelHeader(), String.class);
            if (value != null) {
                message.setHeader(field.recordHeader(), value);
            }
        }
    }

    /**
     * A frame that comes out of Kafka gets the headers that it had at the gateway. Those of the record are removed, so that
     * what is made of the frame does not have them.
     */
    public static void restore(Exchange exchange) {
        Message message = exchange.getMessage();
        for (Field field : FIELDS) {
            String value = removeText(message, field.recordHeader());
            if (value != null) {
                message.setHeader(field.camelHeader(), exchange.getContext().getTypeConverter().convertTo(field.type(), value));
            }
        }
        exchange.setProperty(ANSWER_TOPIC, removeText(message, ANSWER_TOPIC));
    }

    /** A frame that cannot be looked at becomes what it came as, and the reason. */
    public static void reject(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(FAILURE, "frame " + id(message) + " of " + message.getHeader(KafkaConstants.KEY, String.class)
                                   + " cannot be looked at: " + exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage());
        message.setBody(exchange.getProperty(PICTURE));
        describe(exchange);
    }

    /** No other frame has it; it is the id of the frame's CloudEvent, too. */
    static String id(Message message) {
        return message.getHeader(LvaGrpcConstants.SESSION_ID, String.class) + "-"
               + message.getHeader(LvaGrpcConstants.SEQUENCE_NUMBER, String.class);
    }

    /** Null when there is none. */
    private static String removeText(Message message, String header) {
        return message.removeHeader(header) instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : null;
    }

    /** A node that does not name its graph has one camera as far as we know. */
    private static String camera(Message message) {
        String graphInstance = message.getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, String.class);
        return graphInstance != null ? graphInstance : message.getHeader(LvaGrpcConstants.SESSION_ID, String.class);
    }

    private record Field(String recordHeader, String camelHeader, Class<?> type) {
    }
}
