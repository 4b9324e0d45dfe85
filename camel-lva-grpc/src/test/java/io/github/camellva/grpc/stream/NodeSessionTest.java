package io.github.camellva.grpc.stream;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class NodeSessionTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<MediaStreamMessage> sent = new ArrayList<>();
    private boolean halfClosed;
    private boolean ready = true;
    private final PipelineMeters meters = PipelineMeters.unexported();

    @TempDir
    Path directory;

    @Test
    void theDescriptorIsNumber1AndSamplesFollow() {
        NodeSession session = open(2, LONG);
        session.send(5, ByteBuffer.wrap(pixels(24, 1)), List.of(entity("upstream")));
        session.send(6, null, List.of());
        assertThat(sent).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(1L, 2L, 3L);
        assertThat(sent.get(0).getMediaStreamDescriptor().getGraphIdentifier().getGraphInstanceName()).isEqualTo("camera-1");
        assertThat(sent.get(1).getMediaSample().getContentBytes().getBytes().toByteArray()).isEqualTo(pixels(24, 1));
        assertThat(sent.get(1).getMediaSample().getInferencesList()).containsExactly(entity("upstream"));
        assertThat(sent.get(2).getMediaSample().hasContentBytes()).isFalse();
    }

    @Test
    void anAnswerIsFoundByItsAckAloneWhateverItsNumberAndTimestamp() {
        NodeSession session = open(3, LONG);
        CompletableFuture<MediaStreamMessage> first = session.send(5, null, List.of());
        CompletableFuture<MediaStreamMessage> second = session.send(6, null, List.of());
        session.onMessage(answer(0, 3, "second"));
        session.onMessage(answer(0, 2, "first"));
        assertThat(first.join().getMediaSample().getInferencesList()).containsExactly(entity("first"));
        assertThat(second.join().getMediaSample().getInferencesList()).containsExactly(entity("second"));
    }

    @Test
    void aDescriptorOfNumber0Ack0AndWithoutIdentifierOpensTheSession() {
        NodeSession session = open(3, LONG);
        session.onMessage(MediaStreamMessage.newBuilder()
                .setMediaStreamDescriptor(MediaStreamDescriptor.getDefaultInstance()).build());
        assertThat(session.opened()).isCompleted();
    }

    @Test
    void anAckWithoutSampleIsAnAnswerWithoutInferences() {
        NodeSession session = open(3, LONG);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        session.onMessage(MediaStreamMessage.newBuilder().setAckSequenceNumber(2).build());
        assertThat(answer.join().getMediaSample().getInferencesList()).isEmpty();
    }

    @Test
    void ackedTwiceOrNeverSentIsIgnored() {
        NodeSession session = open(3, LONG);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        session.onMessage(answer(1, 2, "first"));
        session.onMessage(answer(2, 2, "again"));
        session.onMessage(answer(3, 99, "unknown"));
        assertThat(answer.join().getMediaSample().getInferencesList()).containsExactly(entity("first"));
    }

    @Test
    void moreThanMayBeInFlightAreNotSent() throws Exception {
        NodeSession session = open(2, LONG);
        session.send(5, null, List.of());
        session.send(6, null, List.of());
        assertFails(session.send(7, null, List.of()), "not sent", "2 samples are unanswered");
        assertFails(session.sendWhenRoom(7, null, List.of(), Duration.ofMillis(1)), "not sent", "2 samples are unanswered");
        session.onMessage(answer(1, 2, "first"));
        assertThat(session.send(7, null, List.of())).isNotDone();
        assertThat(sent).hasSize(1 + 3);
    }

    @Test
    void aSampleIsSentAsSoonAsThereIsRoomForIt() throws Exception {
        NodeSession session = open(1, LONG);
        session.send(5, null, List.of());
        CompletableFuture<CompletableFuture<MediaStreamMessage>> waiting
                = CompletableFuture.supplyAsync(() -> sendWhenRoom(session));
        session.onMessage(answer(1, 2, "first"));
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNotDone();
        assertThat(sent).hasSize(1 + 2);
    }

    @Test
    void aSampleThatIsNeverAckedFailsInTimeAndFreesItsSlot() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, Duration.ofMillis(50), memory);
            CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(100), List.of());
            assertThat(memory.freeBytes()).isZero();
            await().until(answer::isDone);
            assertFails(answer, "sample 2", "50 ms");
            assertThat(memory.freeBytes()).isEqualTo(100);
            assertThat(session.inFlight()).isZero();
        }
    }

    @Test
    void samplesGivenUpBeforeTheyLeftTakeRoomUntilTheyHave() throws Exception {
        NodeSession session = open(2, Duration.ofMillis(50));
        ready = false;
        assertFails(session.send(5, null, List.of()), "sample 2", "50 ms");
        assertFails(session.send(6, null, List.of()), "sample 3", "50 ms");
        assertFails(session.send(7, null, List.of()), "not sent", "2 samples that were given up still wait to leave");
        assertThat(sent).hasSize(1 + 2);
        ready = true;
        session.onReady();
        assertThat(session.send(7, null, List.of())).isNotDone();
    }

    @Test
    void anAckFreesTheSlotInSharedMemory() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, LONG, memory);
            session.send(5, ByteBuffer.allocate(60), List.of());
            assertThat(sent.get(0).getMediaStreamDescriptor().getSharedMemoryBufferTransferProperties().getHandleName())
                    .isEqualTo(memory.handleName());
            assertThat(sent.get(1).getMediaSample().getContentReference().getLengthBytes()).isEqualTo(60);
            session.onMessage(answer(1, 2, "first"));
            assertThat(memory.freeBytes()).isEqualTo(100);
        }
    }

    @Test
    void aFrameForWhichSharedMemoryHasNoRoomSaysHowMuchThereIs() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, LONG, memory);
            session.send(5, ByteBuffer.allocate(60), List.of());
            assertFails(session.send(6, ByteBuffer.allocate(60), List.of()), "60 bytes", "40 of 100");
        }
    }

    @Test
    void aFrameThatSharedMemoryCanNeverHoldIsNotWaitedFor() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, LONG, memory);
            assertFails(session.sendWhenRoom(5, ByteBuffer.allocate(101), List.of(), LONG), "101 bytes", "larger", "100 bytes");
        }
    }

    @Test
    void theEndOfTheSessionFailsWhatIsUnansweredAndFreesAllSlots() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, LONG, memory);
            CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(60), List.of());
            session.onEnd(Status.INVALID_ARGUMENT.withDescription("encoding RAW is not served"));
            assertFails(answer, "sample 2", "INVALID_ARGUMENT", "encoding RAW is not served");
            assertFails(session.opened(), "before it answered the descriptor", "encoding RAW is not served");
            assertFails(session.send(6, ByteBuffer.allocate(60), List.of()), "has ended");
            assertThat(memory.freeBytes()).isEqualTo(100);
            assertFails(session.sendWhenRoom(6, ByteBuffer.allocate(60), List.of(), LONG), "has ended");
            assertThat(session.ended().join().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @CsvSource({ "OK, closed it without an error", "CANCELLED, broke it off" })
    void anEndWithoutAWordFromTheExtensionIsPutInWords(Status.Code end, String words) {
        NodeSession session = open(2, LONG);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        session.onEnd(end.toStatus());
        assertFails(answer, "the session ended before sample 2 was answered: the extension " + words);
        assertFails(session.opened(), "before it answered the descriptor: the extension " + words);
        assertFails(session.send(6, null, List.of()), "the session has ended: the extension " + words);
    }

    @Test
    void finishingHalfClosesOnceAndStillTakesAnswers() {
        NodeSession session = open(2, LONG);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        session.finish();
        assertThat(halfClosed).isTrue();
        assertFails(session.send(6, null, List.of()), "finishing");
        session.onMessage(answer(1, 2, "late"));
        assertThat(answer.join().getMediaSample().getInferencesList()).containsExactly(entity("late"));
        session.onEnd(Status.OK);
        assertThat(session.finish()).isCompletedWithValue(Status.OK);
    }

    private static CompletableFuture<MediaStreamMessage> sendWhenRoom(NodeSession session) {
        try {
            return session.sendWhenRoom(6, null, List.of(), LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private NodeSession open(int maxInFlight, Duration timeout) {
        return open(maxInFlight, timeout, null);
    }

    private NodeSession open(int maxInFlight, Duration timeout, SharedMemorySender memory) {
        NodeSession session = new NodeSession(rawDescriptor().build(), memory, maxInFlight, timeout, meters, new NodeSession.Line() {
            @Override
            public void send(MediaStreamMessage message) {
                sent.add(message);
            }

            @Override
            public void halfClose() {
                assertThat(halfClosed).as("half-closed before").isFalse();
                halfClosed = true;
            }

            @Override
            public boolean isReady() {
                return ready;
            }
        });
        session.start();
        return session;
    }

    private SharedMemorySender memory(int length) throws Exception {
        return SharedMemorySender.create(directory, length, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private static MediaStreamMessage answer(long number, long ack, String tag) {
        return MediaStreamMessage.newBuilder().setSequenceNumber(number).setAckSequenceNumber(ack)
                .setMediaSample(sample(0).addInferences(entity(tag))).build();
    }

    private static void assertFails(CompletableFuture<?> future, String... parts) {
        assertThatExceptionOfType(CompletionException.class).isThrownBy(future::join)
                .withCauseInstanceOf(UnansweredException.class)
                .satisfies(e -> assertThat(e.getCause().getMessage()).contains(parts));
    }
}
