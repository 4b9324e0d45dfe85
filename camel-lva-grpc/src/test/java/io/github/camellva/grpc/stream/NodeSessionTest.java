package io.github.camellva.grpc.stream;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NodeSessionTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofMillis(50);

    private final VirtualTime time = new VirtualTime();
    private final FakeNodeCall call = new FakeNodeCall();
    private final List<MediaStreamMessage> sent = call.sent;
    private final PipelineMeters meters = PipelineMeters.unexported();
    private final List<Runnable> later = new ArrayList<>();
    private Executor sends = Runnable::run;

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
        NodeSession session = unopened(3, LONG, null);
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
        assertThat(session.report("host:1").acknowledgedAlone()).isEqualTo(1);
    }

    // the descriptor comes first

    @Test
    void samplesAreHeldBackUntilTheDescriptorIsAnsweredAndThenSentInOrder() {
        NodeSession session = unopened(3, LONG, null);
        session.send(5, ByteBuffer.wrap(pixels(24, 1)), List.of());
        CompletableFuture<MediaStreamMessage> second = session.send(6, null, List.of());
        assertThat(sent).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(1L);
        assertThat(session.inFlight()).isEqualTo(2);
        call.answerDescriptor();
        session.send(7, null, List.of());
        assertThat(sent).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sent).extracting(message -> message.getMediaSample().getTimestamp()).containsExactly(0L, 5L, 6L, 7L);
        session.onMessage(answer(2, 3, "second"));
        assertThat(second).isCompleted();
    }

    @Test
    void samplesThatAreSentTogetherKeepTheirOrderAndAreNotAcknowledgedBefore() {
        sends = later::add;
        NodeSession session = open(3, LONG);
        CompletableFuture<MediaStreamMessage> first = session.send(5, null, List.of());
        session.send(6, null, List.of());
        int before = sent.size();
        session.onMessage(answer(0, 2, "cannot know"));
        assertThat(first).isNotDone();
        later.forEach(Runnable::run);
        assertThat(sent.subList(before, sent.size())).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(2L, 3L);
        session.onMessage(answer(0, 2, "knows"));
        assertThat(first).isCompleted();
    }

    @Test
    void finishingSendsWhatIsToBeSentTogetherFirst() {
        sends = later::add;
        NodeSession session = open(3, LONG);
        session.send(5, null, List.of());
        session.finish();
        assertThat(sent).hasSize(1 + 1);
        assertThat(call.halfClosed).isTrue();
        later.forEach(Runnable::run);
        assertThat(sent).as("not twice").hasSize(1 + 1);
    }

    @Test
    void aMessageThatCannotBeSentEndsTheSessionWhichSaysWhy() {
        NodeSession session = open(3, LONG);
        call.onSend = () -> {
            throw new IllegalStateException("broken");
        };
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        assertFails(answer, "a message could not be sent", "broken");
        assertThat(session.ended()).isDone();
    }

    @Test
    void anAckOfASampleThatIsHeldBackIsIgnored() {
        NodeSession session = unopened(3, LONG, null);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        session.onMessage(answer(1, 2, "cannot know"));
        assertThat(answer).isNotDone();
        call.answerDescriptor();
        session.onMessage(answer(2, 2, "knows"));
        assertThat(answer.join().getMediaSample().getInferencesList()).containsExactly(entity("knows"));
    }

    @Test
    void noMoreSamplesAreHeldBackThanMayBeInFlight() {
        NodeSession session = unopened(2, LONG, null);
        session.send(5, null, List.of());
        session.send(6, null, List.of());
        assertFails(session.send(7, null, List.of()), "not sent", "2 samples are unanswered");
    }

    @Test
    void anExtensionThatDoesNotAnswerTheDescriptorIsLeftAndNoFrameIsSent() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = unopened(2, TIMEOUT, memory);
            CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(100), List.of());
            time.advance(TIMEOUT.minusNanos(1));
            assertThat(answer).isNotDone();
            time.advance(Duration.ofNanos(1));
            assertFails(answer, "sample 2", "DEADLINE_EXCEEDED", "did not answer the descriptor within 50 ms");
            assertFails(session.opened(), "did not answer the descriptor within 50 ms");
            assertThat(session.ended().join().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(call.cancelled).contains("did not answer the descriptor");
            assertThat(sent).hasSize(1);
            assertThat(memory.freeBytes()).isEqualTo(100);
            assertThat(time.pending()).isZero();
        }
    }

    @Test
    void aDescriptorThatComesLateLeavesTheSamplesTheRestOfTheirTime() {
        NodeSession session = unopened(2, TIMEOUT, null);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        time.advance(TIMEOUT.minusMillis(1));
        call.answerDescriptor();
        time.advance(Duration.ofMillis(1));
        assertFails(answer, "sample 2", "was not answered within 50 ms");
        assertThat(call.cancelled).isNull();
        assertThat(session.ended()).isNotDone();
    }

    @Test
    void finishingBeforeTheDescriptorIsAnsweredSendsWhatIsHeldBackFirst() {
        NodeSession session = unopened(2, LONG, null);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        session.finish();
        assertThat(call.halfClosed).isFalse();
        assertFails(session.send(6, null, List.of()), "finishing");
        call.answerDescriptor();
        assertThat(sent).hasSize(1 + 1);
        assertThat(call.halfClosed).isTrue();
        session.onMessage(answer(1, 2, "late"));
        assertThat(answer).isCompleted();
    }

    // an extension that hangs

    @Test
    void anExtensionThatNeitherReadsNorAnswersIsLeft() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, TIMEOUT, memory);
            call.ready = false;
            CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(100), List.of());
            time.advance(TIMEOUT);
            assertFails(answer, "sample 2", "neither read nor answered anything within 50 ms");
            assertThat(session.ended().join().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(call.cancelled).contains("neither read nor answered");
            assertThat(memory.freeBytes()).isEqualTo(100);
            assertThat(time.pending()).isZero();
        }
    }

    @Test
    void anExtensionThatHangsAfterItsFirstAnswersIsLeftAlthoughNothingMoreCanBeSent() {
        NodeSession session = open(2, TIMEOUT);
        call.ready = false;
        session.send(5, null, List.of());
        session.send(6, null, List.of());
        time.advance(Duration.ofMillis(30));
        session.onMessage(answer(1, 99, "of another sample"));
        time.advance(Duration.ofMillis(20));
        assertThat(session.inFlight()).as("given up").isZero();
        assertThat(session.ended()).isNotDone();
        time.advance(Duration.ofMillis(30));
        assertThat(session.ended()).as("50 ms after the last sign of life").isDone();
        assertThat(call.cancelled).contains("neither read nor answered");
    }

    @Test
    void aFrameThatIsStillLeavingIsNotTakenForAHangWhenTheSessionWasQuietBefore() {
        NodeSession session = open(2, TIMEOUT);
        session.send(5, null, List.of());
        session.onMessage(answer(1, 2, "at once"));
        time.advance(TIMEOUT.minusMillis(1));
        call.ready = false;
        CompletableFuture<MediaStreamMessage> answer = session.send(6, ByteBuffer.wrap(pixels(24, 1)), List.of());
        time.advance(Duration.ofMillis(1));
        assertThat(call.cancelled).isNull();
        session.onMessage(answer(2, 3, "in time"));
        assertThat(answer).isCompleted();
    }

    @Test
    void anExtensionThatReadsAndAnswersNothingKeepsItsSessionWhichMaySendOn() {
        NodeSession session = open(1, TIMEOUT);
        assertGivenUp(session.send(5, null, List.of()), 2);
        assertGivenUp(session.send(6, null, List.of()), 3);
        assertThat(session.ended()).isNotDone();
        assertThat(session.report("host:1").failed()).isEqualTo(2);
    }

    @Test
    void anExtensionThatDoesNotEndAFinishedSessionIsLeft() {
        NodeSession session = open(2, TIMEOUT);
        session.onMessage(answer(1, 99, "of another sample"));
        CompletableFuture<Status> end = session.finish();
        time.advance(TIMEOUT);
        assertThat(end.join().getDescription()).isEqualTo("the extension did not end the session within 50 ms");
    }

    @Test
    void aSampleOfAFinishedSessionHasItsOwnDeadline() {
        NodeSession session = open(2, TIMEOUT);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        time.advance(Duration.ofMillis(20));
        CompletableFuture<Status> end = session.finish();
        time.advance(Duration.ofMillis(30));
        assertFails(answer, "sample 2", "was not answered within 50 ms");
        time.advance(Duration.ofMillis(20));
        assertThat(end).as("50 ms after it was asked to end").isDone();
        assertThat(time.pending()).isZero();
    }

    // an extension that answers a sample when the next one comes

    @Test
    void aSessionThatIsQuietForHalfOfTheTimeIsHalfClosedSoThatTheLastSampleIsAnswered() {
        NodeSession session = open(2, TIMEOUT);
        session.send(5, null, List.of());
        time.advance(Duration.ofMillis(20));
        CompletableFuture<MediaStreamMessage> last = session.send(6, null, List.of());
        session.onMessage(answer(1, 2, "when the next one has come"));
        time.advance(Duration.ofMillis(24));
        assertThat(call.halfClosed).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(call.halfClosed).isTrue();
        assertThat(session.isOpen()).as("another session takes the next sample").isFalse();
        session.onMessage(answer(2, 3, "at the end"));
        assertThat(last).isCompleted();
        session.onEnd(Status.OK);
        assertThat(time.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aSessionThatBecomesQuietJustWhileItIsLookedAtIsHalfClosedAsWell(int looks) {
        NodeSession session = open(2, TIMEOUT);
        session.send(5, null, List.of());
        // the timer of the first sample fires that long before the session is quiet
        time.advance(Duration.ofNanos(looks));
        session.send(6, null, List.of());
        session.onMessage(answer(1, 2, "when the next one has come"));
        time.passWithEachLook(Duration.ofNanos(1));
        time.advance(Duration.ofMillis(26));
        assertThat(call.halfClosed).isTrue();
    }

    @Test
    void aSampleThatWasHeldBackIsTheLastOneAsWell() {
        NodeSession session = unopened(2, TIMEOUT, null);
        session.send(5, null, List.of());
        time.advance(Duration.ofMillis(10));
        call.answerDescriptor();
        time.advance(Duration.ofMillis(25));
        assertThat(call.halfClosed).isTrue();
    }

    @Test
    void aSessionWithoutRoomIsNotQuietSinceItsSenderMayHaveMore() {
        NodeSession session = open(2, TIMEOUT);
        session.send(5, null, List.of());
        session.send(6, null, List.of());
        time.advance(TIMEOUT.minusMillis(1));
        assertThat(call.halfClosed).isFalse();
    }

    @Test
    void aSessionThatHasLostSamplesIsNotQuietSinceItsExtensionIsNotJustLate() {
        NodeSession session = open(2, TIMEOUT);
        session.send(5, null, List.of());
        time.advance(Duration.ofMillis(10));
        session.send(6, null, List.of());
        time.advance(Duration.ofMillis(40));
        assertThat(session.inFlight()).as("the first was given up").isEqualTo(1);
        time.advance(Duration.ofMillis(10));
        assertThat(call.halfClosed).isFalse();
    }

    @Test
    void aSessionThatOwesNothingIsNotQuiet() {
        NodeSession session = open(2, TIMEOUT);
        session.send(5, null, List.of());
        session.onMessage(answer(1, 2, "at once"));
        time.advance(TIMEOUT);
        assertThat(call.halfClosed).isFalse();
    }

    @Test
    void noTimerIsLeftOfASessionThatHasEnded() {
        NodeSession session = open(2, LONG);
        session.send(5, null, List.of());
        assertThat(time.pending()).as("one for the oldest sample").isEqualTo(1);
        session.send(6, null, List.of());
        assertThat(time.pending()).isEqualTo(1);
        session.onEnd(Status.OK);
        assertThat(time.pending()).isZero();
    }

    @Test
    void everySampleHasItsOwnDeadlineThoughOneTimerServesThemAll() {
        NodeSession session = open(3, TIMEOUT);
        CompletableFuture<MediaStreamMessage> first = session.send(5, null, List.of());
        time.advance(Duration.ofMillis(20));
        CompletableFuture<MediaStreamMessage> second = session.send(6, null, List.of());
        time.advance(Duration.ofMillis(20));
        CompletableFuture<MediaStreamMessage> third = session.send(7, null, List.of());
        session.onMessage(answer(1, 3, "second"));
        time.advance(Duration.ofMillis(10));
        assertFails(first, "sample 2");
        assertThat(second).isCompleted();
        time.advance(Duration.ofMillis(39));
        assertThat(third).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertFails(third, "sample 4");
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
    void moreThanMayBeInFlightAreNotSent() {
        NodeSession session = open(2, LONG);
        session.send(5, null, List.of());
        session.send(6, null, List.of());
        assertFails(session.send(7, null, List.of()), "not sent", "2 samples are unanswered");
        session.onMessage(answer(1, 2, "first"));
        assertThat(session.send(7, null, List.of())).isNotDone();
        assertThat(sent).hasSize(1 + 3);
    }

    @Test
    void anAnswerTellsThatThereIsRoom() {
        NodeSession session = open(1, LONG);
        session.send(5, null, List.of());
        CompletableFuture<Void> room = session.room();
        assertThat(session.room()).as("for all who wait").isSameAs(room);
        session.onMessage(answer(1, 99, "of no sample"));
        assertThat(room).isNotDone();
        session.onMessage(answer(1, 2, "first"));
        assertThat(room).isCompleted();
        assertThat(session.send(6, null, List.of())).isNotDone();
        assertThat(sent).hasSize(1 + 2);
    }

    @Test
    void aSampleThatIsGivenUpTellsThatThereIsRoom() {
        NodeSession session = open(1, TIMEOUT);
        session.send(5, null, List.of());
        CompletableFuture<Void> room = session.room();
        time.advance(TIMEOUT);
        assertThat(room).isCompleted();
    }

    @Test
    void nobodyWaitsForRoomInASessionThatTakesNoMore() {
        NodeSession finishing = open(1, LONG);
        finishing.send(5, null, List.of());
        CompletableFuture<Void> room = finishing.room();
        finishing.finish();
        assertThat(room).isCompleted();
        assertThat(finishing.room()).isCompleted();
        finishing.onEnd(Status.UNAVAILABLE);
        assertThat(finishing.room()).isCompleted();
    }

    @Test
    void theEndOfASessionTellsThoseWhoWaitForRoom() {
        NodeSession session = open(1, LONG);
        session.send(5, null, List.of());
        CompletableFuture<Void> room = session.room();
        session.onEnd(Status.UNAVAILABLE);
        assertThat(room).isCompleted();
    }

    @Test
    void aSampleThatIsNeverAckedFailsInTimeAndFreesItsPlace() throws Exception {
        try (SharedMemorySender memory = memory(200)) {
            NodeSession session = open(1, TIMEOUT, memory);
            CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(100), List.of());
            time.advance(TIMEOUT.minusNanos(1));
            assertThat(answer).isNotDone();
            time.advance(Duration.ofNanos(1));
            assertFails(answer, "sample 2", "50 ms");
            assertThat(session.inFlight()).isZero();
            assertThat(session.send(6, ByteBuffer.allocate(100), List.of())).isNotDone();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT24H", "PT-24H" })
    void aClockThatIsSetEndsNothingEarlierOrLater(String by) {
        NodeSession session = open(2, TIMEOUT, null);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(100), List.of());
        time.jump(Duration.parse(by));
        time.advance(TIMEOUT.minusNanos(1));
        assertThat(answer).isNotDone();
        time.advance(Duration.ofNanos(1));
        assertFails(answer, "sample 2", "50 ms");
    }

    @Test
    void aRegionThatTheExtensionMayStillReadIsNotWrittenAgainBeforeItsLateAck() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, TIMEOUT, memory);
            CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(100), List.of());
            time.advance(TIMEOUT);
            assertFails(answer, "sample 2", "50 ms");
            assertThat(memory.freeBytes()).isZero();
            session.onMessage(answer(1, 2, "late"));
            assertThat(memory.freeBytes()).isEqualTo(100);
        }
    }

    @Test
    void aSessionWhoseMemoryIsFullOfRegionsThatNobodyFreesFinishesSoThatAnotherMayFollow() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, TIMEOUT, memory);
            session.send(5, ByteBuffer.allocate(100), List.of());
            time.advance(TIMEOUT);
            assertFails(session.send(6, ByteBuffer.allocate(100), List.of()), "the session is finishing");
            assertThat(session.isOpen()).isFalse();
            session.onEnd(Status.OK);
            assertThat(memory.freeBytes()).isEqualTo(100);
        }
    }

    @Test
    void samplesGivenUpBeforeTheyLeftTakeRoomUntilTheyHave() {
        NodeSession session = open(2, TIMEOUT);
        call.ready = false;
        CompletableFuture<MediaStreamMessage> first = session.send(5, null, List.of());
        CompletableFuture<MediaStreamMessage> second = session.send(6, null, List.of());
        time.advance(Duration.ofMillis(1));
        session.onMessage(answer(1, 99, "a sign of life"));
        time.advance(TIMEOUT.minusMillis(1));
        assertFails(first, "sample 2", "50 ms");
        assertFails(second, "sample 3", "50 ms");
        assertFails(session.send(7, null, List.of()), "not sent", "2 samples that were given up still wait to leave");
        CompletableFuture<Void> room = session.room();
        assertThat(room).isNotDone();
        assertThat(sent).hasSize(1 + 2);
        call.ready = true;
        session.onReady();
        assertThat(room).isCompleted();
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
            CompletableFuture<MediaStreamMessage> answer = session.send(6, ByteBuffer.allocate(60), List.of());
            assertFails(answer, "60 bytes", "40 of 100");
            assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
                    .withCauseInstanceOf(NoRoomException.class);
        }
    }

    @Test
    void aFrameThatSharedMemoryCanNeverHoldIsNotWaitedFor() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = open(2, LONG, memory);
            CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(101), List.of());
            assertFails(answer, "101 bytes", "larger", "100 bytes");
            assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join).havingCause()
                    .as("there will never be room").isNotInstanceOf(NoRoomException.class);
        }
    }

    @Test
    void theEndOfTheSessionFailsWhatIsUnansweredAndFreesAllSlots() throws Exception {
        try (SharedMemorySender memory = memory(100)) {
            NodeSession session = unopened(2, LONG, memory);
            CompletableFuture<MediaStreamMessage> answer = session.send(5, ByteBuffer.allocate(60), List.of());
            session.onEnd(Status.INVALID_ARGUMENT.withDescription("encoding RAW is not served"));
            assertFails(answer, "sample 2", "INVALID_ARGUMENT", "encoding RAW is not served");
            assertFails(session.opened(), "before the extension answered the descriptor", "encoding RAW is not served");
            assertFails(session.send(6, ByteBuffer.allocate(60), List.of()), "has ended");
            assertThat(memory.freeBytes()).isEqualTo(100);
            assertThat(session.ended().join().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @CsvSource({ "OK, closed it without an error", "CANCELLED, broke it off" })
    void anEndWithoutAWordFromTheExtensionIsPutInWords(Status.Code end, String words) {
        NodeSession session = unopened(2, LONG, null);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        session.onEnd(end.toStatus());
        assertFails(answer, "the session ended before sample 2 was answered: the extension " + words);
        assertFails(session.opened(), "before the extension answered the descriptor: the extension " + words);
        assertFails(session.send(6, null, List.of()), "the session has ended: the extension " + words);
    }

    @Test
    void finishingHalfClosesOnceAndStillTakesAnswers() {
        NodeSession session = open(2, LONG);
        CompletableFuture<MediaStreamMessage> answer = session.send(5, null, List.of());
        session.finish();
        assertThat(call.halfClosed).isTrue();
        assertFails(session.send(6, null, List.of()), "finishing");
        session.onMessage(answer(1, 2, "late"));
        assertThat(answer.join().getMediaSample().getInferencesList()).containsExactly(entity("late"));
        session.onEnd(Status.OK);
        assertThat(session.finish()).isCompletedWithValue(Status.OK);
    }

    private NodeSession open(int maxInFlight, Duration timeout) {
        return open(maxInFlight, timeout, null);
    }

    private NodeSession open(int maxInFlight, Duration timeout, SharedMemorySender memory) {
        NodeSession session = unopened(maxInFlight, timeout, memory);
        call.answerDescriptor();
        return session;
    }

    /** The extension has not answered the descriptor. */
    private NodeSession unopened(int maxInFlight, Duration timeout, SharedMemorySender memory) {
        return call.start(new NodeSession(
                rawDescriptor().build(), memory, maxInFlight, timeout, meters, time, new Random(1), sends, call));
    }

    private void assertGivenUp(CompletableFuture<MediaStreamMessage> answer, long number) {
        time.advance(TIMEOUT);
        assertFails(answer, "sample " + number + " was not answered within 50 ms");
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
