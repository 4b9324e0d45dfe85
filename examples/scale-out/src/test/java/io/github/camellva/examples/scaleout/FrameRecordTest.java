package io.github.camellva.examples.scaleout;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameRecordTest {

    private final KafkaHeaderFilterStrategy kafka = new KafkaHeaderFilterStrategy();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @Test
    void whatTheGatewayKnowsOfAFrameTheWorkerKnowsToo() {
        Map<String, Object> headers = Map.ofEntries(
                Map.entry(LvaGrpcConstants.SESSION_ID, "5f0c"),
                Map.entry(LvaGrpcConstants.SEQUENCE_NUMBER, 17L),
                Map.entry(LvaGrpcConstants.TIMESTAMP, 161569913753721L),
                Map.entry(LvaGrpcConstants.TIMESCALE, 90_000),
                Map.entry(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "caméra 1"),
                Map.entry(LvaGrpcConstants.GRAPH_NODE_NAME, "extension"),
                Map.entry(LvaGrpcConstants.MEDIA_SERVICES_ARM_ID, "/subscriptions/s"),
                Map.entry(LvaGrpcConstants.EXTENSION_CONFIGURATION, "{}"),
                Map.entry(LvaGrpcConstants.ENCODING, "JPG"),
                Map.entry(LvaGrpcConstants.WIDTH, 640),
                Map.entry(LvaGrpcConstants.HEIGHT, 360));
        Exchange gateway = new DefaultExchange(context);
        gateway.getMessage().setHeaders(new HashMap<>(headers));
        gateway.getMessage().setHeader(FrameRecord.ANSWER_TOPIC, "lva-answers-gateway-1");

        FrameRecord.describe(gateway);
        Exchange worker = throughKafka(gateway);
        FrameRecord.restore(worker);

        assertThat(worker.getMessage().getHeaders()).containsExactlyInAnyOrderEntriesOf(headers);
        assertThat(worker.getProperty(FrameRecord.ANSWER_TOPIC)).isEqualTo("lva-answers-gateway-1");
        assertThat(FrameRecord.id(worker.getMessage())).isEqualTo("5f0c-17");
    }

    @Test
    void theKeyIsTheCamera() {
        Exchange frame = new DefaultExchange(context);
        frame.getMessage().setHeader(LvaGrpcConstants.SESSION_ID, "5f0c");
        FrameRecord.describe(frame);
        assertThat(frame.getMessage().getHeader(KafkaConstants.KEY)).isEqualTo("5f0c");
        frame.getMessage().setHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "camera-1");
        FrameRecord.describe(frame);
        assertThat(frame.getMessage().getHeader(KafkaConstants.KEY)).isEqualTo("camera-1");
    }

    @Test
    void aFrameWithoutAnswerTopicIsNotAnswered() {
        Exchange frame = new DefaultExchange(context);
        FrameRecord.restore(frame);
        assertThat(frame.getProperty(FrameRecord.ANSWER_TOPIC)).isNull();
    }

    /** Drops what Camel's Kafka component drops, and makes bytes of the others, as it does. */
    private Exchange throughKafka(Exchange sent) {
        Exchange received = new DefaultExchange(context);
        sent.getMessage().getHeaders().forEach((name, value) -> {
            if (!kafka.applyFilterToCamelHeaders(name, value, sent)) {
                received.getMessage().setHeader(name, ((String) value).getBytes(StandardCharsets.UTF_8));
            }
        });
        return received;
    }
}
