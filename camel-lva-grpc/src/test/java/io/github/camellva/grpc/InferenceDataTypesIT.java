package io.github.camellva.grpc;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Inference;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.TransformerKey;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.entity;
import static org.assertj.core.api.Assertions.assertThat;

/** What is published of a frame in which something was found. */
class InferenceDataTypesIT extends CamelTestSupport {

    private static final String LVA_ACCOUNT
            = "/subscriptions/s/resourceGroups/g/providers/microsoft.media/mediaservices/account";
    private static final String AVA_ACCOUNT
            = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Media/videoAnalyzers/account";

    /** 2021-05-14, in 90000ths of a second. */
    private static final long TIMESTAMP = 145892470449324L;
    private static final String TIME = "2021-05-14T21:24:09.436933Z";
    private static final List<Inference> INFERENCES = List.of(entity("a"), entity("b"));
    private static final String DOCUMENT = new InferenceDocument(TIMESTAMP, INFERENCES).toJson();

    private Message message;

    @BeforeEach
    void makeAnExchangeOfAFrame() {
        message = new DefaultExchange(context).getMessage();
        message.setHeader(LvaGrpcConstants.SESSION_ID, "4f1c");
        message.setHeader(LvaGrpcConstants.SEQUENCE_NUMBER, 17L);
        message.setHeader(LvaGrpcConstants.TIMESTAMP, TIMESTAMP);
        message.setHeader(LvaGrpcConstants.TIMESCALE, 90_000);
        message.setHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "camera 1");
        message.setHeader(LvaGrpcConstants.GRAPH_NODE_NAME, "detector");
        message.setHeader(LvaGrpcConstants.MEDIA_SERVICES_ARM_ID, AVA_ACCOUNT);
        message.setHeader(LvaGrpcConstants.CONTENT_TYPE, "image/jpeg");
        message.setBody(INFERENCES);
    }

    @Test
    void jsonIsTheDocumentAlone() throws Exception {
        transformTo("application-json");
        assertThat(message.getBody()).isEqualTo(DOCUMENT);
        assertThat(message.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void aStructuredCloudEventHasAttributesAndDocumentInOneBody() throws Exception {
        transformTo("application-cloudevents+json");
        JsonNode event = new ObjectMapper().readTree(message.getBody(String.class));
        assertThat(event.get("data").toString()).isEqualTo(DOCUMENT);
        assertThat(event.properties()).filteredOn(member -> !member.getKey().equals("data"))
                .extracting(member -> member.getKey() + " " + member.getValue().asText())
                .containsExactly(
                        "specversion 1.0", "id 4f1c-17",
                        "source /edgeModules/avaedge/livePipelines/camera%201/processors/detector",
                        "type Microsoft.VideoAnalyzer.Analytics.Inference", "time " + TIME, "subject camera 1",
                        "datacontenttype application/json");
        assertThat(message.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/cloudevents+json");
    }

    @Test
    void aCloudEventInKafkaHasAttributesAsHeadersThatAreNotDropped() throws Exception {
        transformTo("kafka-cloudevents");
        assertThat(message.getBody()).isEqualTo(DOCUMENT);
        assertThat(headersThatDoNotBeginWith("Camel")).containsExactlyInAnyOrderEntriesOf(Map.of(
                "ce_specversion", "1.0", "ce_id", "4f1c-17",
                "ce_source", "/edgeModules/avaedge/livePipelines/camera%201/processors/detector",
                "ce_type", "Microsoft.VideoAnalyzer.Analytics.Inference", "ce_time", TIME, "ce_subject", "camera 1"));
        assertThat(message.getHeader("content-type")).isEqualTo("application/json");
    }

    @Test
    void aCloudEventForOtherComponentsHasTheHeadersThatCamelHasForIt() throws Exception {
        transformTo("application-cloudevents");
        assertThat(message.getBody()).isEqualTo(DOCUMENT);
        assertThat(message.getHeaders())
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, "1.0")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_ID, "4f1c-17")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, "Microsoft.VideoAnalyzer.Analytics.Inference")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_TIME, TIME)
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, "camera 1")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE, "application/json")
                .containsEntry(Exchange.CONTENT_TYPE, "application/json")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE,
                        "/edgeModules/avaedge/livePipelines/camera%201/processors/detector");
    }

    @Test
    void anEventOfVideoAnalyzerHasItsProperties() throws Exception {
        message.setHeader(LvaGrpcConstants.EDGE_MODULE, "edge7");
        transformTo("event-grid");
        assertThat(message.getBody()).isEqualTo(DOCUMENT);
        assertThat(headersThatDoNotBeginWith("Camel")).containsExactlyInAnyOrderEntriesOf(Map.of(
                "topic", AVA_ACCOUNT,
                "subject", "/edgeModules/edge7/livePipelines/camera 1/processors/detector",
                "eventType", "Microsoft.VideoAnalyzer.Analytics.Inference",
                "eventTime", TIME, "dataVersion", "1.0"));
        assertThat(message.getHeader("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void anEventOfLiveVideoAnalyticsHasItsProperties() throws Exception {
        message.setHeader(LvaGrpcConstants.MEDIA_SERVICES_ARM_ID, LVA_ACCOUNT);
        transformTo("event-grid");
        assertThat(headersThatDoNotBeginWith("Camel")).containsExactlyInAnyOrderEntriesOf(Map.of(
                "topic", LVA_ACCOUNT,
                "subject", "/graphInstances/camera 1/processors/detector",
                "eventType", "Microsoft.Media.Graph.Analytics.Inference",
                "eventTime", TIME, "dataVersion", "1.0"));
        assertThat(message.getHeader("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({
            "145892470449324, 90000, 2021-05-14T21:24:09.436933Z",
            "1621027449, 1, 2021-05-14T21:24:09Z",
            "1621027449500, 1000, 2021-05-14T21:24:09.500Z",
            "0, 90000, 1970-01-01T00:00:00Z",
            "145892470449324, 0, 2021-05-14T21:24:09.436933Z" })
    void theTimeIsThatOfTheFrameWhateverItsTimescale(long ticks, int timescale, String time) throws Exception {
        message.setHeader(LvaGrpcConstants.TIMESTAMP, ticks);
        message.setHeader(LvaGrpcConstants.TIMESCALE, timescale);
        transformTo("kafka-cloudevents");
        assertThat(message.getHeader("ce_time")).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "application-json", "application-cloudevents+json", "application-cloudevents", "kafka-cloudevents", "event-grid" })
    void nothingIsPublishedOfAFrameInWhichNothingWasFound(String type) throws Exception {
        for (Object nothing : new Object[] { List.of(), ByteBuffer.wrap(new byte[] { 1, 2 }), "", null }) {
            message.setBody(nothing);
            transformTo(type);
            assertThat(message.getBody()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "application-json", "application-cloudevents+json", "application-cloudevents", "kafka-cloudevents", "event-grid" })
    void nothingIsPublishedOfAFrameThatNobodyLookedAt(String type) throws Exception {
        message.setHeader(LvaGrpcConstants.OUTCOME, "notProcessed");
        message.setBody(null);
        transformTo(type);
        assertThat(message.getBody()).isNull();
        assertThat(message.getHeaders()).doesNotContainKeys("ce_id", "eventType", CloudEvent.CAMEL_CLOUD_EVENT_ID);
    }

    @Test
    void whatTheNodeDidNotSayIsLeftOut() throws Exception {
        message.removeHeader(LvaGrpcConstants.MEDIA_SERVICES_ARM_ID);
        message.removeHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME);
        message.removeHeader(LvaGrpcConstants.GRAPH_NODE_NAME);
        transformTo("event-grid");
        assertThat(message.getHeaders()).doesNotContainKey("topic").containsEntry("subject", "/edgeModules/avaedge");
        transformTo("kafka-cloudevents");
        assertThat(message.getHeaders()).doesNotContainKey("ce_subject").containsEntry("ce_source", "/edgeModules/avaedge");
    }

    @Test
    void formsCanBeMadeOneAfterTheOther() throws Exception {
        transformTo("kafka-cloudevents");
        transformTo("event-grid");
        assertThat(message.getBody()).isEqualTo(DOCUMENT);
        assertThat(message.getHeaders()).containsKeys("ce_id", "eventType");
    }

    @Test
    void anEventOutsideOfAnySessionHasTheIdOfItsExchange() throws Exception {
        message.removeHeader(LvaGrpcConstants.SESSION_ID);
        transformTo("kafka-cloudevents");
        assertThat(message.getHeader("ce_id")).isEqualTo(message.getExchange().getExchangeId());
    }

    /** But for the content type, whose name Camel 4.22 writes in its own way. */
    private Map<String, Object> headersThatDoNotBeginWith(String prefix) {
        Map<String, Object> headers = new HashMap<>(message.getHeaders());
        headers.keySet().removeIf(name -> name.startsWith(prefix) || name.equalsIgnoreCase("Content-Type"));
        return headers;
    }

    /** What the EIP transformDataType does, which Camel 4.14 calls by another name. */
    private void transformTo(String name) throws Exception {
        DataType type = new DataType("lvagrpc:" + name);
        context.getTransformerRegistry().resolveTransformer(new TransformerKey(type)).transform(message, DataType.ANY, type);
    }
}
