package io.github.camellva.grpc.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Collections;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.media.Allocation;
import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Event;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.InferenceOther;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.Text;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages made to grow in memory. What is allocated for one, garbage of protobuf's builders included, is more than what is
 * kept of it.
 */
class HeapAllowanceTest {

    private static final int LARGEST_MESSAGE = 16 << 20;
    /** Builders and lists that grow are three quarters of what is allocated; another MiB is what the test itself takes. */
    private static final int ALLOCATED_PER_BYTE_KEPT = 4;
    private static final int MARGIN = 1 << 20;

    private final Marshaller<Received> frames = new FrameMarshaller(64 << 20);
    private final Marshaller<Received> answers = new AnswerMarshaller();

    static Stream<Arguments> shapes() {
        Inference empty = Inference.getDefaultInstance();
        Inference.Builder related = Inference.newBuilder();
        Inference.Builder extended = Inference.newBuilder();
        Entity.Builder entity = Entity.newBuilder();
        Event.Builder event = Event.newBuilder();
        for (int i = 0; i < 500; i++) {
            related.addRelatedInferences("");
            extended.putExtensions(Integer.toString(i, 36), "");
            event.putProperties(Integer.toString(i, 36), "1");
            entity.addAttributes(Attribute.getDefaultInstance());
        }
        return Stream.of(
                shape("empty inferences", empty),
                shape("empty entities", Inference.newBuilder().setEntity(Entity.getDefaultInstance()).build()),
                shape("entities of empty parts", Inference.newBuilder().setEntity(Entity.newBuilder()
                        .setTag(Tag.getDefaultInstance()).setBox(Rectangle.getDefaultInstance())
                        .addAttributes(Attribute.getDefaultInstance())).build()),
                shape("empty texts", Inference.newBuilder().setText(Text.getDefaultInstance()).build()),
                shape("classifications", Inference.newBuilder()
                        .setClassification(Classification.newBuilder().addAttributes(Attribute.getDefaultInstance())).build()),
                shape("maps of one empty entry", Inference.newBuilder().putExtensions("", "").build()),
                shape("events of one empty property",
                        Inference.newBuilder().setEvent(Event.newBuilder().putProperties("", "")).build()),
                shape("small texts", Inference.newBuilder().setInferenceId("a").setSubtype("b").setSequenceId("c").build()),
                shape("one related inference each", Inference.newBuilder().addRelatedInferences("a").build()),
                shape("texts of two bytes a character",
                        Inference.newBuilder().setInferenceId("\u0100" + "a".repeat(1000)).build()),
                shape("bytes", Inference.newBuilder().setOther(
                        InferenceOther.newBuilder().setContentBytes(ByteString.copyFrom(new byte[5000]))).build()),
                shape("many related inferences", related.build()),
                shape("large maps", extended.build()),
                shape("large events", Inference.newBuilder().setEvent(event).build()),
                shape("many attributes", Inference.newBuilder().setEntity(entity).build()),
                shape("references", MediaStreamMessage.newBuilder().setMediaSample(
                        MediaSample.newBuilder().setContentReference(ContentReference.getDefaultInstance())).build()),
                shape("descriptors", MediaStreamMessage.newBuilder().setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder()
                        .setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName("a"))
                        .setMediaDescriptor(MediaDescriptor.getDefaultInstance())).build()));
    }

    private static Arguments shape(String name, Inference inference) {
        return shape(name, MediaStreamMessage.newBuilder().setMediaSample(MediaSample.newBuilder().addInferences(inference)).build());
    }

    private static Arguments shape(String name, MediaStreamMessage repeated) {
        return Arguments.of(name, repeated.toByteArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void aMessageFullOfThemIsRefusedBeforeItHasTakenTheMemory(String name, byte[] repeated) throws Exception {
        assertRefusedInTime(frames, repeated, FrameMarshaller.MAX_HEAP_BESIDE_FRAME);
        assertRefusedInTime(answers, repeated, AnswerMarshaller.MAX_HEAP);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void aMessageThatIsTakenTakesNoMoreThanItMay(String name, byte[] repeated) throws Exception {
        int limit = FrameMarshaller.MAX_HEAP_BESIDE_FRAME;
        long allocated = 0;
        for (int times = 1; times < LARGEST_MESSAGE / repeated.length; times *= 2) {
            InputStream message = new Repeated(repeated, times);
            Received[] received = new Received[1];
            long taken = Allocation.of(() -> received[0] = frames.parse(message));
            if (received[0].refusal() != null) {
                break;
            }
            allocated = taken;
        }
        assertThat(allocated).isPositive().isLessThan((long) ALLOCATED_PER_BYTE_KEPT * limit + MARGIN);
    }

    @Test
    void asManyInferencesAsModelsFindAreTaken() {
        assertThat(frames.parse(of(entities(2000))).refusal()).isNull();
        assertThat(answers.parse(of(entities(20_000))).refusal()).isNull();
    }

    @Test
    void aFrameCountsNothing() {
        byte[] wire = Messages.message(2, Messages.embedded(0, new byte[20 << 20]).addInferences(Messages.entity("a"))).toByteArray();
        assertThat(frames.parse(of(wire)).refusal()).isNull();
    }

    @Test
    void theRefusalNamesTheLimitAndWhatToDo() {
        assertThat(frames.parse(of(entities(6000))).refusal().getDescription())
                .contains("2097152 bytes of memory beside its frame").contains("send fewer inferences");
    }

    @Test
    void anAnswerThatWasCompressedIsReadAsOthersAre() throws Exception {
        byte[] wire = Messages.message(2, Messages.sample(7).addInferences(Messages.entity("a"))).toByteArray();
        assertThat(answers.parse(new ByteArrayInputStream(wire)).message()).isEqualTo(MediaStreamMessage.parseFrom(wire));
        assertThat(answers.parse(new Repeated(wire, 1)).message()).isEqualTo(MediaStreamMessage.parseFrom(wire));
    }

    private static void assertRefusedInTime(Marshaller<Received> marshaller, byte[] repeated, int limit) throws Exception {
        InputStream message = new Repeated(repeated, LARGEST_MESSAGE / repeated.length);
        Received[] received = new Received[1];
        long allocated = Allocation.of(() -> received[0] = marshaller.parse(message));
        assertThat(received[0].refusal()).as("refusal").isNotNull();
        assertThat(received[0].refusal().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(allocated).as("bytes allocated").isLessThan((long) ALLOCATED_PER_BYTE_KEPT * limit + MARGIN);
    }

    private static byte[] entities(int count) {
        return Messages.message(2, Messages.sample(0).addAllInferences(Collections.nCopies(count, Messages.entity("person"))))
                .toByteArray();
    }

    private static InputStream of(byte[] wire) {
        return new Repeated(wire, 1);
    }

    /** The same bytes again and again, as gRPC's streams have their length. */
    private static final class Repeated extends ByteArrayInputStream implements KnownLength {

        Repeated(byte[] bytes, int times) {
            super(repeat(bytes, times));
        }

        private static byte[] repeat(byte[] bytes, int times) {
            ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length * times);
            for (int i = 0; i < times; i++) {
                all.writeBytes(bytes);
            }
            return all.toByteArray();
        }
    }
}
