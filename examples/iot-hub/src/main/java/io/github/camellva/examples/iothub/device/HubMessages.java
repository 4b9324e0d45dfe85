package io.github.camellva.examples.iothub.device;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.inference.InferenceDocument;
import org.apache.camel.Message;
import org.apache.camel.component.paho.PahoConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * Makes an inference document with the headers of Azure's events what a hub takes: nearly always one message; several, each
 * with part of the inferences, when one would be too large. Properties travel in the topic, since MQTT 3.1.1 has no other
 * place.
 */
public final class HubMessages {

    /** Of a message with its properties. */
    static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_BYTES_OF_TOPIC = 65_535;
    private static final List<String> EVENT_PROPERTIES = List.of("topic", "subject", "eventType", "eventTime", "dataVersion");

    private final HubIdentity identity;
    private final Optional<String> output;

    /** @param output of the module, by which an edge hub routes; empty for none */
    public HubMessages(HubIdentity identity, Optional<String> output) {
        this.identity = identity;
        this.output = output;
    }

    /**
     * For Camel's splitter.
     *
     * @throws MessageTooLargeException when a single inference is too large
     */
    public List<Message> of(Message event) {
        byte[] document = event.getBody(byte[].class);
        String id = event.getHeader(LvaGrpcConstants.SESSION_ID) + "-" + event.getHeader(LvaGrpcConstants.SEQUENCE_NUMBER);
        if (document.length <= room(event, id)) {
            return List.of(message(event, id, document));
        }
        InferenceDocument whole = InferenceDocument.parse(document);
        // no part has a longer number
        int room = room(event, id + "-" + whole.inferences().size());
        List<byte[]> parts = DocumentParts.of(whole, room);
        return IntStream.range(0, parts.size())
                .mapToObj(index -> message(event, id + "-" + (index + 1), parts.get(index)))
                .toList();
    }

    /** What properties leave for the document. The encoded topic is longer than what the hub counts, which is the safe side. */
    private int room(Message event, String id) {
        int topic = topic(event, id).getBytes(StandardCharsets.UTF_8).length;
        if (topic > MOST_BYTES_OF_TOPIC) {
            throw new MessageTooLargeException(
                    "the properties take " + topic + " bytes as a topic, and MQTT has room for " + MOST_BYTES_OF_TOPIC
                                               + "; choose shorter names of graphs and nodes");
        }
        return MOST_BYTES - topic;
    }

    private Message message(Message event, String id, byte[] document) {
        Message message = new DefaultMessage(event.getExchange().getContext());
        message.setBody(document);
        message.setHeader(PahoConstants.CAMEL_PAHO_OVERRIDE_TOPIC, topic(event, id));
        return message;
    }

    private String topic(Message event, String id) {
        return identity.eventsTopic(properties(event, id).entrySet().stream()
                .map(property -> property.getKey() + "=" + UrlEncoding.encode(property.getValue()))
                .collect(Collectors.joining("&")));
    }

    private Map<String, String> properties(Message event, String id) {
        Map<String, String> properties = new LinkedHashMap<>();
        // with both of these the hub can route by what is in the body
        properties.put("$.ct", "application/json");
        properties.put("$.ce", "utf-8");
        properties.put("$.mid", id);
        output.ifPresent(name -> properties.put("$.on", name));
        for (String name : EVENT_PROPERTIES) {
            String value = event.getHeader(name, String.class);
            if (value != null) {
                properties.put(name, value);
            }
        }
        return properties;
    }
}
