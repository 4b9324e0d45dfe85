package io.github.camellva.grpc.wire;

import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.Random;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.github.camellva.grpc.Messages;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.message;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.reference;
import static io.github.camellva.grpc.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;

class FrameMarshallerTest {

    private final FrameMarshaller marshaller = new FrameMarshaller(1 << 20);

    @Test
    void everyKindOfMessageIsReadAsProtobufReadsIt() {
        assertReadAsProtobufDoes(MediaStreamMessage.getDefaultInstance());
        assertReadAsProtobufDoes(MediaStreamMessage.newBuilder().setAckSequenceNumber(7).setSequenceNumber(-1).build());
        assertReadAsProtobufDoes(message(1, rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("h", 9))));
        assertReadAsProtobufDoes(message(2, sample(0)));
        assertReadAsProtobufDoes(message(3, sample(Long.MAX_VALUE).addInferences(entity("a")).addInferences(entity("b"))));
        assertReadAsProtobufDoes(message(4, embedded(5, pixels(100_000, 1)).addInferences(entity("a"))));
        assertReadAsProtobufDoes(message(5, embedded(5, new byte[0])));
        assertReadAsProtobufDoes(message(6, reference(5, 519168, -1)));
    }

    @Test
    void fieldsInAnyOrderAndRepeatedOnesAreReadAsProtobufReadsThem() throws Exception {
        ByteString first = message(1, embedded(5, pixels(10, 1)).addInferences(entity("a"))).toByteString();
        ByteString second = message(9, reference(6, 1, 2).addInferences(entity("b"))).toByteString();
        ByteString third = message(4, embedded(0, pixels(20, 2))).toByteString();
        ByteString descriptor = message(3, rawDescriptor()).toByteString();
        for (ByteString wire : new ByteString[] {
                first.concat(second), second.concat(first), first.concat(third), descriptor.concat(first),
                first.concat(descriptor), descriptor.concat(first).concat(descriptor) }) {
            assertThat(parse(wire.toByteArray()).message()).isEqualTo(MediaStreamMessage.parseFrom(wire));
        }
    }

    @Test
    void unknownFieldsAreDroppedAtEveryLevel() throws Exception {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(300).addFixed32(1).addFixed64(2)
                        .addLengthDelimited(ByteString.copyFromUtf8("later")).build())
                .build();
        MediaStreamMessage known = message(1, embedded(5, pixels(10, 1)).addInferences(entity("a")));
        MediaStreamMessage.Builder extended = known.toBuilder().setUnknownFields(unknown);
        extended.getMediaSampleBuilder().setUnknownFields(unknown);
        extended.getMediaSampleBuilder().getContentBytesBuilder().setUnknownFields(unknown);
        extended.getMediaSampleBuilder().getInferencesBuilder(0).setUnknownFields(unknown);
        assertThat(parse(extended.build().toByteArray()).message()).isEqualTo(known);
    }

    @Test
    void whateverBytesComeTheyAreReadOrRefusedAndNeverThrown() {
        byte[] valid = message(4, embedded(5, pixels(50, 1)).addInferences(entity("a"))).toByteArray();
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = valid.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            Received received = parse(broken);
            assertThat(received.message() == null).isNotEqualTo(received.refusal() == null);
        }
    }

    @Test
    void whatIsReadFromBrokenBytesIsWhatProtobufReads() {
        byte[] valid = message(4, embedded(5, pixels(50, 1)).addInferences(entity("a"))).toByteArray();
        Random random = new Random(12);
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = valid.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            Received received = parse(broken);
            if (received.message() != null) {
                read++;
                assertThat(received.message()).isEqualTo(parseWithProtobuf(broken));
            }
        }
        assertThat(read).as("messages that survived").isGreaterThan(1000);
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] valid = message(4, embedded(5, pixels(50, 1)).addInferences(entity("a"))).toByteArray();
        // cut inside the sample: its announced length then passes the end
        for (int length = 3; length < valid.length; length++) {
            Received received = parse(java.util.Arrays.copyOf(valid, length));
            assertThat(received.refusal()).as("%d of %d bytes", length, valid.length).isNotNull();
            assertThat(received.refusal().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void aMessageAboveTheLimitIsRefusedNamingBothSizes() {
        byte[] wire = message(2, embedded(0, new byte[1 << 20])).toByteArray();
        Received received = parse(wire);
        assertThat(received.refusal().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(received.refusal().getDescription()).contains(wire.length + " bytes").contains("1048576").contains("maxMessageSize");
    }

    @ParameterizedTest
    @ValueSource(ints = { 0x33, 0x34, 0x07, 0x00 })
    void wireTypesThatProto3DoesNotHaveAreRefused(int tag) {
        assertThat(parse(new byte[] { (byte) tag, 0 }).refusal()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 2, 0x7f })
    void aNumberOfTenBytesThatDoesNotNeedThemIsRefused(int last) {
        byte[] number = HexFormat.of().parseHex("08ffffffffffffffffff00");
        number[10] = (byte) last;
        assertThat(parse(number).refusal().getDescription()).contains("not encoded as 64 bits are");
        number[10] = 1;
        assertThat(parse(number).message().getSequenceNumber()).isEqualTo(-1);
    }

    @Test
    void theFrameIsTheArrayThatWasReadInto() {
        Received received = parse(message(2, embedded(0, pixels(10, 1))).toByteArray());
        ContentBytes content = received.message().getMediaSample().getContentBytes();
        assertThat(content.getBytes().asReadOnlyByteBuffer().isReadOnly()).isTrue();
        assertThat(content.getBytes().toByteArray()).containsExactly(pixels(10, 1));
    }

    @Test
    void aFrameBeforeInferencesIsReadWithThem() {
        assertReadAsProtobufDoes(message(2, embedded(7, pixels(10, 1)).addInferences(entity("a"))));
    }

    private void assertReadAsProtobufDoes(MediaStreamMessage message) {
        assertThat(parse(message.toByteArray()).message()).isEqualTo(message);
    }

    private Received parse(byte[] wire) {
        return marshaller.parse(new ByteArrayInputStream(wire));
    }

    private static MediaStreamMessage parseWithProtobuf(byte[] wire) {
        try {
            return com.google.protobuf.DiscardUnknownFieldsParser.wrap(MediaStreamMessage.parser()).parseFrom(wire);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError("protobuf refuses what was read", e);
        }
    }
}
