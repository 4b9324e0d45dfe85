package io.github.camellva.examples.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Motion;
import io.github.camellva.proto.Rectangle;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says of Camel's Kafka component. */
@Timeout(60)
class CamelKafkaIT {

    private static final Inference MOTION = Inference.newBuilder()
            .setMotion(Motion.newBuilder().setBox(Rectangle.newBuilder().setW(0.5f).setH(0.5f))).build();

    @Test
    void itKeepsTheBodyAndGoesOnWhenTheBrokerHasTheRecordWithItsKeyAndAllHeadersButCamels() throws Exception {
        String brokers = KafkaBroker.shared().bootstrapServers();
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(route(brokers));
            context.start();
            Exchange sent = context.createProducerTemplate().request("direct:found", CamelKafkaIT::fill);
            assertThat(sent.getException()).isNull();

            List<?> metadata = sent.getMessage().getHeader(KafkaConstants.KAFKA_RECORD_META, List.class);
            assertThat(metadata).singleElement().isInstanceOfSatisfying(
                    RecordMetadata.class, record -> assertThat(record.offset()).isZero());

            List<ConsumerRecord<String, String>> records = Topic.read(brokers, "events");
            assertThat(records).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo("camera-1");
                assertThat(record.value()).isEqualTo(sent.getMessage().getBody()).contains("\"motion\"");
            });
            Map<String, byte[]> headers = headers(records.get(0));
            assertThat(headers).containsOnlyKeys(
                    "topic", "subject", "eventType", "eventTime", "dataVersion", "Content-Type", "tries", "bytes");
            assertThat(text(headers, "topic")).endsWith("/mediaservices/account");
            assertThat(text(headers, "subject")).isEqualTo("/graphInstances/camera-1/processors/extension");
            assertThat(text(headers, "eventType")).isEqualTo("Microsoft.Media.Graph.Analytics.Inference");
            assertThat(text(headers, "eventTime")).isEqualTo("1970-01-01T00:00:01Z");
            assertThat(text(headers, "dataVersion")).isEqualTo("1.0");
            assertThat(text(headers, "Content-Type")).isEqualTo("application/json");
            // numbers are not written as text
            assertThat(headers.get("tries")).isEqualTo(ByteBuffer.allocate(4).putInt(3).array());
            assertThat(headers.get("bytes")).isEqualTo(ByteBuffer.allocate(8).putLong(4).array());
        }
    }

    private static RouteBuilder route(String brokers) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:found")
                        .transformDataType("lvagrpc:event-grid")
                        .setHeader("kafka.KEY", header(LvaGrpcConstants.GRAPH_INSTANCE_NAME))
                        .to("kafka:events?recordMetadata=true&brokers=" + brokers);
            }
        };
    }

    private static void fill(Exchange exchange) {
        exchange.getMessage().setBody(List.of(MOTION));
        exchange.getMessage().setHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "camera-1");
        exchange.getMessage().setHeader(LvaGrpcConstants.GRAPH_NODE_NAME, "extension");
        exchange.getMessage().setHeader(
                LvaGrpcConstants.MEDIA_SERVICES_ARM_ID,
                "/subscriptions/s/resourceGroups/g/providers/microsoft.media/mediaservices/account");
        exchange.getMessage().setHeader(LvaGrpcConstants.TIMESTAMP, 90_000L);
        exchange.getMessage().setHeader("tries", 3);
        exchange.getMessage().setHeader("bytes", 4L);
        exchange.getMessage().setHeader("CamelOfNoUseToOthers", "x");
    }

    private static Map<String, byte[]> headers(ConsumerRecord<String, String> record) {
        Map<String, byte[]> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        return headers;
    }

    private static String text(Map<String, byte[]> headers, String name) {
        return new String(headers.get(name), StandardCharsets.UTF_8);
    }
}
