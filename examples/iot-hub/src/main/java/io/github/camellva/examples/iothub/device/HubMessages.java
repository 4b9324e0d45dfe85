package io.github.camellva.examples.iothub.device;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.inference.InferenceDocument;
import org.apache.camel.Message;
import org.apache.camel.component.paho.PahoConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * Turns an inference document with the headers of Azure's events into messages for a hub: nearly always one; several, each with
 * part of the inferences, when one would be too large. Properties travel in the topic, since MQTT 3.1.1 has no other place.
 */
public final class HubMessages {

    /** Of a message with its properties. */
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_BYTES_OF_TOPIC = 65_535;
    private static final List<String> EVENT_PROPERTIES = List.of("topic", "subject", "eventType", "eventTime", "dataVersion");

    private final ConnectionString device;
    private final Optional<String> output;

    /** @param output of the module, by which an edge hub routes; empty for none */
    public HubMessages(ConnectionString device, Optional<String> output) {
        this.device = device;
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
        List<byte[]> parts = parts(whole, 0, whole.inferences().size(), room).toList();
        return IntStream.range(0, parts.size())
                .mapToObj(index -> message(event, id + "-" + (index + 1), parts.get(index)))
                .toList();
    }

    /** The inferences from one index to another, halved until each part is small enough. */
    private static Stream<byte[]> parts(InferenceDocument whole, int from, int to, int mostBytes) {
        byte[] part = new InferenceDocument(whole.timestamp(), whole.inferences().subList(from, to)).toJsonBytes();
        if (part.length <= mostBytes) {
            return Stream.of(part);
        }
        if (to - from == 1) {
            throw new MessageTooLargeException(
                    "inference " + to + " of " + whole.inferences().size() + " at timestamp "
                                               + Long.toUnsignedString(whole.timestamp()) + " takes " + part.length
                                               + " bytes, and the hub accepts " + mostBytes
                                               + " beside the properties; leave out large extensions or contentBytes");
        }
        int half = (from + to) / 2;
        return Stream.concat(parts(whole, from, half, mostBytes), parts(whole, half, to, mostBytes));
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
        Map<String, String> properties = new LinkedHashMap<>();
        // with both of these the hub can route by what is in the body
        properties.put("$.ct", "application/json");
        properties.put("$.ce", "utf-8");
        properties.put("$.mid", id);
        output.ifPresent(name -> properties.put("$.on", name));
        EVENT_PROPERTIES.forEach(name -> properties.put(name, event.getHeader(name, String.class)));
        properties.values().removeIf(value -> value == null);
        return device.eventsTopic(properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + ConnectionString.encode(property.getValue()))
                .collect(Collectors.joining("&")));
    }
}
