package io.github.camellva.grpc.wire;

import java.io.ByteArrayInputStream;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnknownFieldSet;
import io.github.camellva.grpc.media.Allocation;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;

import static org.assertj.core.api.Assertions.assertThat;

class MarshallerFuzzTest {

    private static final Parser<MediaStreamMessage> GENERATED = DiscardUnknownFieldsParser.wrap(MediaStreamMessage.parser());
    private static final Marshaller<Received> FRAMES = new FrameMarshaller(64 << 20);
    private static final Marshaller<Received> ANSWERS = new AnswerMarshaller();
    /** What the smallest message of two bytes takes while it is parsed, and a margin for exceptions. */
    private static final int ALLOCATED_PER_BYTE = 200;
    private static final int MARGIN = 64 << 10;

    @FuzzTest
    void whatIsTakenIsWhatTheGeneratedParserReads(byte[] wire) throws Exception {
        Received received = parse(FRAMES, wire);
        Allocation.requireAtMost((long) ALLOCATED_PER_BYTE * wire.length + MARGIN, () -> parse(FRAMES, wire));
        assertSame(parse(ANSWERS, wire), received);

        MediaStreamMessage message = generated(wire);
        if (received.message() != null) {
            assertThat(message).isNotNull();
            assertThat(repeatsAPayload(wire) || received.message().equals(message)).as("read as %s", received.message()).isTrue();
        } else {
            assertThat(received.refusal().getCode()).isIn(Status.Code.INVALID_ARGUMENT, Status.Code.RESOURCE_EXHAUSTED);
            assertThat(received.refusal().getDescription()).isNotBlank().hasSizeLessThan(500);
        }
        if (message != null && !isTooLarge(received)) {
            // what only this reader refuses, such as groups, no writer of today writes
            assertThat(parse(FRAMES, message.toByteArray()).message()).isEqualTo(message);
        }
    }

    private static void assertSame(Received answer, Received frame) {
        if (!isTooLarge(frame)) {
            assertThat(answer.message()).isEqualTo(frame.message());
        }
    }

    /** No writer does, and protobuf's own readers do not agree on what becomes of the first. */
    private static boolean repeatsAPayload(byte[] wire) throws InvalidProtocolBufferException {
        UnknownFieldSet message = UnknownFieldSet.parseFrom(wire);
        List<ByteString> samples = submessages(message, MediaStreamMessage.MEDIA_SAMPLE_FIELD_NUMBER);
        if (samples.size() + submessages(message, MediaStreamMessage.MEDIA_STREAM_DESCRIPTOR_FIELD_NUMBER).size() > 1) {
            return true;
        }
        UnknownFieldSet sample = UnknownFieldSet.parseFrom(samples.isEmpty() ? ByteString.EMPTY : samples.get(0));
        return submessages(sample, MediaSample.CONTENT_BYTES_FIELD_NUMBER).size()
               + submessages(sample, MediaSample.CONTENT_REFERENCE_FIELD_NUMBER).size() > 1;
    }

    private static List<ByteString> submessages(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList();
    }

    /** An answer may take more. */
    private static boolean isTooLarge(Received received) {
        return received.refusal() != null && received.refusal().getCode() == Status.Code.RESOURCE_EXHAUSTED;
    }

    private static Received parse(Marshaller<Received> marshaller, byte[] wire) {
        return marshaller.parse(new ByteArrayInputStream(wire));
    }

    /** Null if it refuses. */
    private static MediaStreamMessage generated(byte[] wire) {
        try {
            return GENERATED.parseFrom(wire);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }
}
