package io.github.camellva.examples.iothub.device;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.paho.PahoConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HubMessagesTest {

    private static final int MOST_BYTES = 262_144;
    private static final long TIMESTAMP = 145892470449324L;

    private final CamelContext context = new DefaultCamelContext();
    private final ConnectionString device = ConnectionString.parse("HostName=hub.azure-devices.net;DeviceId=gate-1;x509=true");
    private final HubMessages messages = new HubMessages(device, Optional.empty());

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    void propertiesAreInTheTopicWithSpacesAndSlashesEncoded() {
        Message event = event(car(0));
        event.setHeader("subject", "/graphInstances/front door+1/processors/ä#");
        event.setHeader("eventType", "Microsoft.Media.Graph.Analytics.Inference");
        event.setHeader("eventTime", "2021-05-14T21:24:09.436Z");
        event.setHeader("dataVersion", "1.0");
        event.setHeader("topic", "/subscriptions/s");
        event.setHeader("unrelated", "not for the hub");
        assertThat(messages.of(event)).singleElement().satisfies(message -> {
            assertThat(topic(message)).isEqualTo("devices/gate-1/messages/events/$.ct=application%2Fjson&$.ce=utf-8"
                                                 + "&$.mid=4f2a-7&topic=%2Fsubscriptions%2Fs"
                                                 + "&subject=%2FgraphInstances%2Ffront%20door%2B1%2Fprocessors%2F%C3%A4%23"
                                                 + "&eventType=Microsoft.Media.Graph.Analytics.Inference"
                                                 + "&eventTime=2021-05-14T21%3A24%3A09.436Z&dataVersion=1.0");
            assertThat(body(message)).isEqualTo(event.getBody(String.class));
        });
    }

    @Test
    void aModuleHasATopicOfItsOwnAndMayNameAnOutput() {
        ConnectionString module = ConnectionString.parse(
                "HostName=hub.azure-devices.net;DeviceId=gate-1;ModuleId=lva;x509=true");
        assertThat(new HubMessages(module, Optional.of("to the cloud")).of(event(car(0)))).singleElement()
                .satisfies(message -> assertThat(topic(message)).isEqualTo(
                        "devices/gate-1/modules/lva/messages/events/$.ct=application%2Fjson&$.ce=utf-8&$.mid=4f2a-7"
                                                                           + "&$.on=to%20the%20cloud"));
    }

    @Test
    void aDocumentThatIsTooLargeBecomesSeveralWithAllInferencesInOrder() {
        Inference[] cars = IntStream.range(0, 5000).mapToObj(HubMessagesTest::car).toArray(Inference[]::new);
        List<Message> parts = messages.of(event(cars));
        assertThat(parts).hasSizeGreaterThan(2);
        assertThat(parts).allSatisfy(part -> assertThat(bytes(part)).isLessThanOrEqualTo(MOST_BYTES));
        // no two that follow each other would have fitted into one
        assertThat(IntStream.range(1, parts.size())).allSatisfy(
                index -> assertThat(bytes(parts.get(index - 1)) + bytes(parts.get(index))).isGreaterThan(MOST_BYTES));
        assertThat(parts).extracting(HubMessagesTest::id).startsWith("4f2a-7-1", "4f2a-7-2").doesNotHaveDuplicates();
        List<Inference> arrived = new ArrayList<>();
        for (Message part : parts) {
            InferenceDocument document = InferenceDocument.parse(body(part));
            assertThat(document.timestamp()).isEqualTo(TIMESTAMP);
            arrived.addAll(document.inferences());
        }
        assertThat(arrived).isEqualTo(List.of(cars));
    }

    @Test
    void aMessageMayBeAsLargeAsTheHubAcceptsAndNoLarger() {
        int without = bytes(messages.of(event(large(0))).get(0));
        assertThat(messages.of(event(large(MOST_BYTES - without)))).singleElement()
                .satisfies(message -> assertThat(bytes(message)).isEqualTo(MOST_BYTES));
        assertThatThrownBy(() -> messages.of(event(large(MOST_BYTES - without + 1))))
                .isInstanceOf(MessageTooLargeException.class);
    }

    @Test
    void anInferenceThatIsTooLargeAloneIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> messages.of(event(car(0), large(300_000)))).isInstanceOf(MessageTooLargeException.class)
                .hasMessageStartingWith("inference 2 of 2 at timestamp 145892470449324 takes 300")
                .hasMessageContaining("leave out large extensions");
    }

    @Test
    void propertiesThatNoTopicCanHoldAreRefused() {
        Message event = event(car(0));
        event.setHeader("subject", "a".repeat(70_000));
        assertThatThrownBy(() -> messages.of(event)).isInstanceOf(MessageTooLargeException.class)
                .hasMessageContaining("MQTT has room for 65535");
    }

    private Message event(Inference... inferences) {
        Message event = new DefaultExchange(context).getIn();
        event.setBody(new InferenceDocument(TIMESTAMP, List.of(inferences)).toJson());
        event.setHeader(LvaGrpcConstants.SESSION_ID, "4f2a");
        event.setHeader(LvaGrpcConstants.SEQUENCE_NUMBER, 7L);
        return event;
    }

    private static Inference car(int number) {
        return Inference.newBuilder().setType(InferenceType.ENTITY).setInferenceId("car-" + number).setEntity(entity()).build();
    }

    private static Inference large(int bytes) {
        return Inference.newBuilder().setEntity(entity()).putExtensions("vector", "x".repeat(bytes)).build();
    }

    private static Entity entity() {
        return Entity.newBuilder().setTag(Tag.newBuilder().setValue("car").setConfidence(0.95f))
                .setBox(Rectangle.newBuilder().setL(0.1f).setT(0.2f).setW(0.3f).setH(0.4f)).build();
    }

    private static String topic(Message message) {
        return message.getHeader(PahoConstants.CAMEL_PAHO_OVERRIDE_TOPIC, String.class);
    }

    private static String id(Message message) {
        return topic(message).replaceAll(".*&\\$\\.mid=([^&]*).*", "$1");
    }

    private static String body(Message message) {
        return new String((byte[]) message.getBody(), StandardCharsets.UTF_8);
    }

    private static int bytes(Message message) {
        return topic(message).getBytes(StandardCharsets.UTF_8).length + ((byte[]) message.getBody()).length;
    }
}
