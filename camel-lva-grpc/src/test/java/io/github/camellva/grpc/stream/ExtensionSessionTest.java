package io.github.camellva.grpc.stream;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.inferencesOnlyDescriptor;
import static io.github.camellva.grpc.Messages.message;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.reference;
import static io.github.camellva.grpc.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class ExtensionSessionTest {

    private final SessionFixture fixture = new SessionFixture();
    private final FakeExtensionCall call = fixture.call;
    private final FakeRoute route = fixture.route;

    @TempDir
    Path directory;

    // silence

    @Test
    void aSessionInWhichNoMessageCameForLongIsEndedSoThatItsPlaceIsFree() {
        fixture.opened().sendFrames(1);
        route.foundNothing(2);
        fixture.time.advance(SessionFixture.MAX_IDLE.minusNanos(1));
        assertThat(call.closed).isNull();
        fixture.time.advance(Duration.ofNanos(1));
        assertThat(call.closed.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(call.closed.getDescription()).contains("no message came for 600000 ms", "maxSessionIdle");
        assertThat(fixture.time.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT24H", "PT-24H" })
    void aClockThatIsSetNeitherEndsASilentSessionNorKeepsIt(String by) {
        fixture.opened();
        fixture.time.jump(Duration.parse(by));
        fixture.time.advance(SessionFixture.MAX_IDLE.minusNanos(1));
        assertThat(call.closed).isNull();
        fixture.time.advance(Duration.ofNanos(1));
        assertThat(call.closed.getDescription()).contains("maxSessionIdle");
    }

    @Test
    void everyMessagePutsTheEndOfASilentSessionOff() {
        fixture.opened();
        fixture.time.advance(SessionFixture.MAX_IDLE.minusMinutes(1));
        fixture.sendFrames(1);
        route.foundNothing(2);
        fixture.time.advance(SessionFixture.MAX_IDLE.minusNanos(1));
        assertThat(call.closed).isNull();
        fixture.time.advance(Duration.ofNanos(1));
        assertThat(call.closed.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aSilentSessionIsEndedWhenItsFrameIsAnswered() {
        fixture.opened().sendFrames(1);
        fixture.time.advance(SessionFixture.MAX_IDLE);
        assertThat(call.closed).isNull();
        route.found(2, "car");
        assertThat(call.acks()).containsExactly(2L);
        assertThat(call.closed.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aSessionOfASuspendedExtensionIsNotEndedForItsSilence() {
        fixture.opened().session().suspend();
        fixture.time.advance(SessionFixture.MAX_IDLE.multipliedBy(3));
        assertThat(call.closed).isNull();
        fixture.session().resume();
        fixture.time.advance(SessionFixture.MAX_IDLE);
        assertThat(call.closed.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aRuleBrokenOutsideMessagesEndsTheSessionAfterTheAnswersThatAreOwed() {
        fixture.opened().sendFrames(1);
        fixture.session().onRuleBroken(Status.DEADLINE_EXCEEDED.withDescription("half a message"));
        assertThat(call.closed).isNull();
        route.found(2, "car");
        assertThat(call.acks()).containsExactly(2L);
        assertThat(call.closed.getDescription()).isEqualTo("half a message");
    }

    // answers

    @Test
    void anAnswerHasTheNextNumberAcksItsSampleAndEchoesTheTimestamp() {
        fixture.opened().send(message(40, embedded(987654321L, pixels(FRAME_BYTES, 1))));
        route.found(40, "car");
        assertThat(call.sent.get(1)).satisfies(answer -> {
            assertThat(answer.getSequenceNumber()).isEqualTo(2);
            assertThat(answer.getAckSequenceNumber()).isEqualTo(40);
            assertThat(answer.getMediaSample().getTimestamp()).isEqualTo(987654321L);
            assertThat(Messages.tags(answer)).containsExactly("car");
        });
    }

    @Test
    void aFrameInWhichNothingWasFoundIsAnsweredWithASampleOfItsTimestamp() {
        fixture.opened().send(embedded(77, pixels(FRAME_BYTES, 1)));
        route.foundNothing(2);
        assertThat(call.acks()).containsExactly(2L);
        assertThat(call.sent.get(1).hasMediaSample()).isTrue();
        assertThat(call.sent.get(1).getMediaSample()).isEqualTo(sample(77).build());
    }

    @Test
    void answersGoOutInRequestOrderHoweverTheRouteIsDone() {
        fixture.opened().sendFrames(3);
        route.found(3, "b");
        route.found(4, "c");
        assertThat(call.acks()).isEmpty();
        route.found(2, "a");
        assertThat(call.acks()).containsExactly(2L, 3L, 4L);
        assertThat(call.sent).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void answersGoOutAsTheyAreDoneWhenAskedTo() {
        fixture.answerOrder = AnswerOrder.COMPLETION;
        fixture.opened().sendFrames(3);
        route.found(3, "b");
        route.found(4, "c");
        route.found(2, "a");
        assertThat(call.acks()).containsExactly(3L, 4L, 2L);
        assertThat(call.sent).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aCompletionThatThereWasNoMemoryToTellIsNotLostForEver() {
        fixture.opened().sendFrames(3);
        Frame lost = route.frames.remove(2L);
        // what completing it does when the session cannot be told
        fixture.secondTries.add(lost);
        route.found(3, "b");
        assertThat(call.acks()).isEmpty();
        fixture.secondTries.run();
        fixture.secondTries.run();
        assertThat(call.acks()).containsExactly(2L, 3L);
        assertThat(fixture.session().inRoute()).isEqualTo(1);
        assertThat(call.sent.get(1).hasMediaSample()).as("nobody knows what was found").isFalse();
        // whoever did reach the session after all comes too late
        lost.answer(List.of());
        assertThat(call.acks()).containsExactly(2L, 3L);
    }

    @Test
    void aFrameLostInASessionThatIsClosedByThenLeavesTheCounts() {
        fixture.opened().sendFrames(1);
        fixture.secondTries.add(route.frames.remove(2L));
        fixture.session().onCallEnded();
        assertThat(fixture.session().inRoute()).isEqualTo(1);
        fixture.secondTries.run();
        assertThat(fixture.session().inRoute()).isZero();
        assertThat(fixture.meters.sum(PipelineCounts::inFlight)).isZero();
    }

    @Test
    void aFrameThatWasGivenUpAndIsRunAllTheSameDoesNotReachTheRoute() {
        fixture.opened();
        List<Frame> given = new ArrayList<>();
        fixture.handler = given::add;
        fixture.sendFrames(1);
        Frame frame = given.get(0);
        frame.abandon(new OutOfMemoryError("unable to create native thread"));
        frame.run();
        assertThat(given).hasSize(1);
        assertThat(call.acks()).containsExactly(2L);
    }

    @Test
    void aFrameThatIsCompletedTwiceIsAnErrorAndAckedOnce() {
        fixture.opened().sendFrames(1);
        Frame frame = route.frames.get(2L);
        frame.answer(List.of());
        assertThatIllegalStateException().isThrownBy(() -> frame.answer(List.of())).withMessageContaining("sample 2");
        assertThatIllegalStateException().isThrownBy(() -> frame.fail(new Exception())).withMessageContaining("sample 2");
        frame.abandon(new Exception("after its answer"));
        assertThat(call.acks()).containsExactly(2L);
    }

    // threads

    @Test
    void nobodyWaitsForASessionThatIsWakingAThread() {
        fixture.opened();
        List<Integer> seen = new ArrayList<>();
        route.onExecute = () -> seen.add(CompletableFuture.supplyAsync(() -> {
            fixture.session().onReady();
            fixture.session().suspend();
            fixture.session().resume();
            return fixture.session().report().orElseThrow().inFlight();
        }).orTimeout(10, TimeUnit.SECONDS).join());
        fixture.sendFrames(2);
        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void aThreadIsAskedForOnceForEachFrame() {
        fixture.opened();
        List<Integer> asked = new ArrayList<>();
        route.onExecute = () -> asked.add(asked.size());
        fixture.session().suspend();
        fixture.sendFrames(2);
        assertThat(asked).isEmpty();
        fixture.session().resume();
        fixture.session().resume();
        fixture.session().onReady();
        assertThat(asked).hasSize(2);
        route.runTasks();
        assertThat(route.inRoute()).containsExactly(2L, 3L);
    }

    @Test
    void aCallThatFailsEndsItsSessionAndTheFrameBehindItIsGivenBack() throws Exception {
        openWithMemory(SharedMemoryAccess.COPY, pixels(FRAME_BYTES, 3));
        call.onRequest = () -> {
            throw new IllegalStateException("on purpose");
        };
        fixture.receive(message(2, reference(1, 0, FRAME_BYTES)));
        assertClosed(Status.Code.INTERNAL, "the extension failed");
        route.runTasks();
        assertThat(route.inRoute()).isEmpty();
        assertThat(fixture.session().inRoute()).isZero();
        assertThat(fixture.session().report().orElseThrow().inFlight()).isZero();
        assertMemoryIsClosed();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aFrameThatNoThreadIsFreeForIsAcknowledgedAloneAndGivenBack(Throwable refusal) throws Exception {
        openWithMemory(SharedMemoryAccess.COPY, pixels(FRAME_BYTES, 3));
        route.onExecute = () -> raise(refusal);
        fixture.send(reference(1, 0, FRAME_BYTES)).send(reference(2, 0, FRAME_BYTES));
        assertThat(call.acksAlone()).containsExactly(2L, 3L);
        assertThat(call.closed).isNull();
        assertThat(fixture.session().inRoute()).isZero();
        assertThat(fixture.session().report().orElseThrow().failed()).isEqualTo(2);
        fixture.session().onHalfClose();
        assertMemoryIsClosed();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whateverTheHandlerThrowsFailsItsFrameAndReleasesIt(Throwable failure) throws Exception {
        openWithMemory(SharedMemoryAccess.COPY, pixels(FRAME_BYTES, 3));
        route.onFrame = () -> raise(failure);
        fixture.send(reference(1, 0, FRAME_BYTES));
        assertThat(call.acksAlone()).containsExactly(2L);
        assertThat(fixture.session().inRoute()).isZero();
        assertThat(fixture.session().report().orElseThrow().lastError()).contains(failure.toString());
        route.onFrame = () -> { };
        fixture.send(reference(2, 0, FRAME_BYTES));
        route.found(3, "the session goes on");
        assertThat(call.acks()).containsExactly(2L, 3L);
        fixture.session().onHalfClose();
        assertMemoryIsClosed();
    }

    @Test
    void aHandlerThatThrowsAfterItsAnswerChangesNothingButReleasesTheFrame() throws Exception {
        openWithMemory(SharedMemoryAccess.COPY, pixels(FRAME_BYTES, 3));
        fixture.handler = frame -> {
            frame.answer(List.of(entity("car")));
            throw new StackOverflowError("on purpose");
        };
        fixture.send(reference(1, 0, FRAME_BYTES));
        assertThat(call.acks()).containsExactly(2L);
        assertThat(Messages.tags(call.sent.get(1))).containsExactly("car");
        fixture.session().onHalfClose();
        assertMemoryIsClosed();
    }

    @Test
    void aFrameWhoseSessionEndedBeforeItsThreadCameNeverReachesTheRoute() {
        fixture.opened();
        fixture.receive(message(2, embedded(1, pixels(FRAME_BYTES, 1))));
        fixture.session().onCallEnded();
        route.runTasks();
        assertThat(route.inRoute()).isEmpty();
        assertThat(fixture.session().inRoute()).isZero();
        assertThat(fixture.session().report().orElseThrow().acknowledgedAlone()).isEqualTo(1);
    }

    // sequence numbers

    @ParameterizedTest
    @ValueSource(longs = { 1, 5, 0 })
    void aNumberThatDoesNotIncreaseEndsTheSessionNamingBoth(long number) {
        fixture.opened().send(message(5, sample(1)));
        route.foundNothing(5);
        fixture.send(message(number, sample(1)));
        assertClosed(Status.Code.INVALID_ARGUMENT, "sequence_number " + number, "after 5");
    }

    @Test
    void numbersAreUnsigned() {
        fixture.opened().send(message(Long.MAX_VALUE, sample(1))).send(message(Long.MIN_VALUE, sample(1)));
        assertThat(call.closed).isNull();
        fixture.send(message(3, sample(1)));
        route.foundNothing(Long.MAX_VALUE);
        route.foundNothing(Long.MIN_VALUE);
        assertClosed(Status.Code.INVALID_ARGUMENT, "after 9223372036854775808");
    }

    @Test
    void whatCameBeforeABrokenRuleIsAnsweredBeforeTheSessionEnds() {
        fixture.opened().sendFrames(2).send(message(2, sample(1)));
        assertThat(call.closed).isNull();
        route.found(2, "a");
        route.found(3, "b");
        assertThat(call.acks()).containsExactly(2L, 3L);
        assertClosed(Status.Code.INVALID_ARGUMENT, "sequence_number 2");
    }

    @Test
    void anAcknowledgementAloneIsTakenAndAnotherMessageAskedFor() {
        fixture.opened();
        int before = call.requested;
        fixture.send(MediaStreamMessage.newBuilder().setSequenceNumber(2).setAckSequenceNumber(1).build());
        assertThat(call.requested).isEqualTo(before + 1);
        assertThat(call.closed).isNull();
    }

    // what a frame is

    @Test
    void anEmbeddedFrameIsAReadOnlyBufferOfTheFramesLength() throws Exception {
        fixture.opened().send(embedded(1, pixels(FRAME_BYTES + 1, 3)));
        ByteBuffer content = route.frames.get(2L).content();
        assertThat(content.isReadOnly()).isTrue();
        assertThat(content.position()).isZero();
        assertThat(content).isEqualTo(ByteBuffer.wrap(Arrays.copyOf(pixels(FRAME_BYTES + 1, 3), FRAME_BYTES)));
        assertThat(route.frames.get(2L).dataTransfer()).isEqualTo(DataTransfer.EMBEDDED);
    }

    @ParameterizedTest
    @EnumSource
    void aReferenceThatPassesTheEndByAByteIsServedAsLongAsTheFrameItselfIsInside(SharedMemoryAccess access) throws Exception {
        openWithMemory(access, pixels(2 * FRAME_BYTES, 3));
        fixture.send(reference(1, FRAME_BYTES, FRAME_BYTES + 1));
        assertThat(route.frames.get(2L).content())
                .isEqualTo(ByteBuffer.wrap(pixels(2 * FRAME_BYTES, 3), FRAME_BYTES, FRAME_BYTES));
        assertThat(route.frames.get(2L).dataTransfer()).isEqualTo(DataTransfer.SHARED_MEMORY);
        route.foundNothing(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRegionOutsideTheBufferIsThatFramesFailureAlone(SharedMemoryAccess access) throws Exception {
        openWithMemory(access, pixels(2 * FRAME_BYTES, 3));
        fixture.send(reference(1, FRAME_BYTES + 1, FRAME_BYTES)).send(reference(1, 0, FRAME_BYTES));
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> route.frames.get(2L).content())
                .withMessageContaining("passes the end");
        assertThat(route.frames.get(3L).content().remaining()).isEqualTo(FRAME_BYTES);
        route.foundNothing(2);
        route.foundNothing(3);
    }

    @Test
    void contentShorterThanTheFrameIsThatFramesFailureNamingBothLengths() {
        fixture.opened().send(embedded(1, pixels(FRAME_BYTES - 1, 3)));
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> route.frames.get(2L).content())
                .withMessageContaining("23 bytes").withMessageContaining("24");
    }

    @Test
    void aReferenceInASessionWithoutSharedMemoryIsThatFramesFailure() {
        fixture.opened().send(reference(1, 0, FRAME_BYTES));
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> route.frames.get(2L).content())
                .withMessageContaining("offered none");
    }

    @Test
    void embeddedContentIsServedInASessionWithSharedMemoryToo() throws Exception {
        openWithMemory(SharedMemoryAccess.COPY, pixels(FRAME_BYTES, 3));
        fixture.send(embedded(1, pixels(FRAME_BYTES, 5)));
        assertThat(route.frames.get(2L).content()).isEqualTo(ByteBuffer.wrap(pixels(FRAME_BYTES, 5)));
        route.foundNothing(2);
    }

    @Test
    void aSampleWithoutContentCarriesItsInferences() throws Exception {
        fixture.opened(inferencesOnlyDescriptor()).send(sample(1).addInferences(entity("upstream")));
        assertThat(route.frames.get(2L).content()).isNull();
        assertThat(route.frames.get(2L).dataTransfer()).isEqualTo(DataTransfer.NONE);
        assertThat(route.frames.get(2L).inferences()).containsExactly(entity("upstream"));
    }

    @Test
    void contentInASessionWithoutASampleFormatIsThatFramesFailure() {
        fixture.opened(inferencesOnlyDescriptor()).send(embedded(1, pixels(5, 1)));
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> route.frames.get(2L).content())
                .withMessageContaining("announced no sample format");
    }

    @Test
    void anEncodedPictureIsAllOfItsContent() throws Exception {
        fixture.opened(encodedDescriptor(Encoding.JPG)).send(embedded(1, pixels(77, 1)));
        assertThat(route.frames.get(2L).content()).isEqualTo(ByteBuffer.wrap(pixels(77, 1)));
    }

    // failures

    @Test
    void aFailedFrameIsAcknowledgedAndTheSessionGoesOn() {
        fixture.opened().sendFrames(2);
        route.fail(2, new IllegalStateException("secret"));
        route.found(3, "b");
        assertThat(call.acks()).containsExactly(2L, 3L);
        assertThat(call.acksAlone()).as("not a sample without inferences: nothing was looked at").containsExactly(2L);
        assertThat(call.closed).isNull();
    }

    @Test
    void aFailedFrameEndsTheSessionWhenAskedToAndIsAcknowledgedAllTheSame() {
        fixture.onFailure = OnFailure.CLOSE;
        fixture.opened().sendFrames(2);
        route.fail(3, new IllegalStateException("secret"));
        assertThat(call.closed).as("frame 2 is still in the route").isNull();
        route.found(2, "a");
        assertThat(call.acks()).containsExactly(2L, 3L);
        assertClosed(Status.Code.INTERNAL, "sample 3", "muted");
        assertThat(call.closed.getDescription()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void whatTheNodeDidWrongItselfIsToldEvenWhenExceptionsAreMuted() {
        fixture.onFailure = OnFailure.CLOSE;
        fixture.opened().sendFrames(1);
        route.fail(2, new FrameException("too few bytes"));
        assertClosed(Status.Code.INTERNAL, "sample 2 failed: too few bytes");
    }

    // credit

    @Test
    void noMoreFramesAreAskedForThanMayBeInTheRoute() {
        fixture.opened().sendFrames(3);
        assertThat(route.inRoute()).containsExactly(2L, 3L, 4L);
        assertThat(call.requested).isEqualTo(1 + 3);
        route.foundNothing(2);
        assertThat(call.requested).isEqualTo(1 + 3 + 1);
    }

    @Test
    void aFrameThatWaitsForAnEarlierAnswerKeepsItsPlaceSoThatAnswersDoNotPileUp() {
        fixture.opened().sendFrames(3);
        route.found(3, "b");
        route.found(4, "c");
        assertThat(call.requested).isEqualTo(1 + 3);
        route.found(2, "a");
        assertThat(call.requested).isEqualTo(1 + 3 + 3);
    }

    @Test
    void aLargeFrameIsAskedForWhenTheRouteHasBegunTheOneBefore() {
        fixture.opened(rawDescriptor(PixelFormat.BGR24, 1200, 1200, 0));
        for (long number = 2; number < 2 + fixture.maxInFlight; number++) {
            fixture.receive(largeFrame(number));
            assertThat(call.requested).isEqualTo(1 + number - 1);
            route.runTasks();
            assertThat(call.requested).isEqualTo(1 + Math.min(number, fixture.maxInFlight));
        }
    }

    @Test
    void aLargeFrameThatNeverGetsToTheRouteDoesNotHoldTheNextOneUp() {
        fixture.opened(rawDescriptor(PixelFormat.BGR24, 1200, 1200, 0));
        route.onExecute = () -> {
            throw new RejectedExecutionException("on purpose");
        };
        fixture.receive(largeFrame(2));
        assertThat(call.requested).isEqualTo(1 + 2);
    }

    private static MediaStreamMessage largeFrame(long number) {
        return message(number, embedded(number, new byte[1200 * 1200 * 3]));
    }

    @Test
    void nothingIsAskedForWhileTheNodeDoesNotReadItsAnswers() {
        fixture.opened().sendFrames(1);
        call.ready = false;
        route.foundNothing(2);
        assertThat(call.requested).isEqualTo(1 + 3);
        call.ready = true;
        fixture.session().onReady();
        assertThat(call.requested).isEqualTo(1 + 3 + 1);
    }

    @Test
    void skippingAcksTheOldestWaitingFrameSoThatTheRouteSeesTheFreshest() {
        fixture.overflow = Overflow.SKIP;
        fixture.maxInFlight = 1;
        fixture.opened().sendFrames(5);
        assertThat(route.inRoute()).containsExactly(2L);
        route.found(2, "a");
        assertThat(route.inRoute()).as("the freshest").containsExactly(6L);
        route.found(6, "b");
        assertThat(call.acks()).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(call.acksAlone()).as("those that were not looked at").containsExactly(3L, 4L, 5L);
    }

    @Test
    void skippedFramesAreAckedAtOnceWhenOrderDoesNotMatter() {
        fixture.overflow = Overflow.SKIP;
        fixture.answerOrder = AnswerOrder.COMPLETION;
        fixture.maxInFlight = 1;
        fixture.opened().sendFrames(4);
        assertThat(call.acksAlone()).containsExactly(3L, 4L);
        assertThat(call.acks()).containsExactly(3L, 4L);
        assertThat(route.inRoute()).containsExactly(2L);
    }

    @Test
    void skippingReadsOnWhileTheRouteIsFullButNotWithoutEnd() {
        fixture.overflow = Overflow.SKIP;
        fixture.maxInFlight = 1;
        fixture.opened().sendFrames(10);
        assertThat(call.requested).isEqualTo(1 + 10 + 1);
        int sent = 10;
        while (call.requested > 1 + sent) {
            fixture.sendFrames(1);
            sent++;
        }
        assertThat(sent).as("acks that wait for the first frame").isEqualTo(Credit.MAX_UNANSWERED);
        route.foundNothing(2);
        assertThat(call.requested).isEqualTo(1 + sent + 1);
    }

    @Test
    void aSkippedFrameDoesNotKeepItsPictureWhileItsAckWaits() {
        fixture.overflow = Overflow.SKIP;
        fixture.maxInFlight = 1;
        fixture.opened().sendFrames(1);
        WeakReference<MediaSample> skipped = sendFrameAndForgetIt();
        fixture.sendFrames(1);
        await().until(() -> {
            System.gc();
            return skipped.refersTo(null);
        });
        assertThat(call.acks()).as("it waits for the first frame").isEmpty();
    }

    private WeakReference<MediaSample> sendFrameAndForgetIt() {
        MediaStreamMessage message = message(3, embedded(1, pixels(FRAME_BYTES, 1)));
        fixture.send(message);
        return new WeakReference<>(message.getMediaSample());
    }

    // ends

    @Test
    void aNodeThatFinishesGetsItsAnswersFirst() {
        fixture.opened().sendFrames(2);
        fixture.session().onHalfClose();
        assertThat(call.closed).isNull();
        route.found(2, "a");
        route.found(3, "b");
        assertThat(call.acks()).containsExactly(2L, 3L);
        assertThat(call.closed.isOk()).isTrue();
        assertThat(fixture.timesClosed).isEqualTo(1);
    }

    @Test
    void aNodeThatIsGoneGetsNothingAndTheRouteMayFinish() {
        fixture.opened().sendFrames(2);
        fixture.session().onCallEnded();
        route.found(2, "a");
        route.fail(3, new IllegalStateException());
        assertThat(call.acks()).isEmpty();
        assertThat(call.closed).isNull();
        assertThat(fixture.timesClosed).isEqualTo(1);
    }

    @Test
    void aSuspendedSessionTakesNoFurtherFramesIntoTheRouteUntilItIsResumed() {
        fixture.opened().sendFrames(1);
        fixture.session().suspend();
        fixture.sendFrames(2);
        assertThat(route.inRoute()).containsExactly(2L);
        route.foundNothing(2);
        assertThat(call.requested).as("nothing more is read").isEqualTo(1 + 3);
        fixture.session().resume();
        route.runTasks();
        assertThat(route.inRoute()).containsExactly(3L, 4L);
        assertThat(call.requested).isEqualTo(1 + 3 + 1);
    }

    @Test
    void stoppingAnswersWhatIsInTheRouteAcksWhatWaitsAndThenEnds() {
        fixture.opened().sendFrames(1);
        fixture.session().suspend();
        fixture.sendFrames(2);
        fixture.session().stop(Status.UNAVAILABLE.withDescription("stopped"));
        assertThat(call.closed).isNull();
        route.found(2, "a");
        assertThat(call.acks()).containsExactly(2L, 3L, 4L);
        assertThat(call.acksAlone()).containsExactly(3L, 4L);
        assertClosed(Status.Code.UNAVAILABLE, "stopped");
    }

    @Test
    void aSuspendedSessionWhoseNodeHasFinishedEndsWhenItIsStopped() {
        fixture.opened();
        fixture.session().suspend();
        fixture.sendFrames(2);
        fixture.session().onHalfClose();
        assertThat(call.closed).as("two frames wait").isNull();
        fixture.session().stop(Status.UNAVAILABLE);
        assertThat(call.acksAlone()).containsExactly(2L, 3L);
        assertThat(call.closed.isOk()).as("the node was first to end it").isTrue();
    }

    @Test
    void framesThatArriveWhileTheSessionEndsAreAcked() {
        fixture.opened().sendFrames(1);
        fixture.session().stop(Status.UNAVAILABLE.withDescription("stopped"));
        fixture.sendFrames(2);
        assertThat(route.inRoute()).containsExactly(2L);
        route.found(2, "a");
        assertThat(call.acks()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void endingAtOnceAcksWhatIsInTheRouteAndIgnoresWhatTheRouteSaysLater() {
        fixture.opened().sendFrames(2);
        fixture.session().close(Status.UNAVAILABLE.withDescription("stopped"));
        assertThat(call.acksAlone()).containsExactly(2L, 3L);
        assertClosed(Status.Code.UNAVAILABLE, "stopped");
        route.found(2, "a");
        route.found(3, "b");
        assertThat(call.acks()).containsExactly(2L, 3L);
    }

    @Test
    void endingAtOnceDoesNotPromiseThatARegionIsFreeWhichTheRouteStillReads() throws Exception {
        openWithMemory(SharedMemoryAccess.MAP, pixels(FRAME_BYTES, 3));
        fixture.send(reference(1, 0, FRAME_BYTES));
        fixture.session().close(Status.UNAVAILABLE.withDescription("stopped"));
        assertThat(call.acks()).isEmpty();
        assertThat(route.frames.get(2L).content()).as("the region outlives the session").isEqualTo(
                ByteBuffer.wrap(pixels(FRAME_BYTES, 3)));
        route.foundNothing(2);
    }

    @ParameterizedTest
    @EnumSource
    void sharedMemoryOutlivesTheNodeUntilTheLastFrameIsDone(SharedMemoryAccess access) throws Exception {
        openWithMemory(access, pixels(FRAME_BYTES, 3));
        fixture.send(reference(1, 0, FRAME_BYTES)).send(reference(1, 0, FRAME_BYTES));
        fixture.session().onCallEnded();
        Frame last = route.frames.get(3L);
        route.foundNothing(2);
        assertThat(last.content()).isEqualTo(ByteBuffer.wrap(pixels(FRAME_BYTES, 3)));
        route.foundNothing(3);
        assertThatIllegalStateException().isThrownBy(last::content).withMessageContaining("released");
        if (access == SharedMemoryAccess.COPY) {
            assertMemoryIsClosed();
        }
    }

    @Test
    void theEndIsLoggedWithWhatBecameOfTheFrames() {
        fixture.maxInFlight = 2;
        fixture.overflow = Overflow.SKIP;
        fixture.opened().sendFrames(4);
        route.found(2, "car");
        route.fail(3, new IllegalStateException("no model"));
        route.found(5, "bus");
        fixture.session().onHalfClose();
        assertThat(fixture.log).last().asString().contains("graph 'camera-1'")
                .endsWith("ended; 2 answered, 1 skipped, 1 failed (the last: java.lang.IllegalStateException: no model)");
    }

    @Test
    void everySampleHasExactlyOneAckWhateverHappensInWhateverOrder() {
        for (int seed = 0; seed < 200; seed++) {
            assertEverySampleIsAckedOnce(new Random(seed));
        }
    }

    private void assertEverySampleIsAckedOnce(Random random) {
        SessionFixture chaos = new SessionFixture();
        chaos.maxInFlight = 1 + random.nextInt(4);
        chaos.overflow = random.nextBoolean() ? Overflow.BLOCK : Overflow.SKIP;
        chaos.answerOrder = random.nextBoolean() ? AnswerOrder.REQUEST : AnswerOrder.COMPLETION;
        chaos.opened();
        List<Long> sent = new ArrayList<>();
        long number = 1;
        for (int step = 0; step < 60; step++) {
            boolean mayRead = chaos.call.requested - 1 > sent.size();
            List<Long> inRoute = new ArrayList<>(chaos.route.inRoute());
            switch (random.nextInt(6)) {
                case 0 -> chaos.session().suspend();
                case 1 -> {
                    chaos.session().resume();
                    chaos.route.runTasks();
                }
                case 2, 3 -> {
                    if (!inRoute.isEmpty()) {
                        Collections.shuffle(inRoute, random);
                        if (random.nextInt(4) == 0) {
                            chaos.route.fail(inRoute.get(0), new IllegalStateException());
                        } else {
                            chaos.route.found(inRoute.get(0), "x");
                        }
                    }
                }
                default -> {
                    if (mayRead) {
                        number += 1 + random.nextInt(3);
                        sent.add(number);
                        chaos.send(message(number, embedded(1, pixels(FRAME_BYTES, 1))));
                    }
                }
            }
            assertThat(chaos.route.inRoute().size()).isLessThanOrEqualTo(chaos.maxInFlight);
        }
        chaos.session().stop(Status.UNAVAILABLE);
        chaos.route.inRoute().forEach(left -> chaos.route.found(left, "x"));
        assertThat(chaos.call.acks()).containsExactlyInAnyOrderElementsOf(sent);
        if (chaos.answerOrder == AnswerOrder.REQUEST) {
            assertThat(chaos.call.acks()).isEqualTo(sent);
        }
        assertThat(chaos.call.closed).isNotNull();
    }

    private void openWithMemory(SharedMemoryAccess access, byte[] memory) throws Exception {
        Files.write(directory.resolve("handle"), memory);
        fixture.sharedMemoryDirectory = directory;
        fixture.access = access;
        fixture.opened(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("handle", memory.length)));
        assertThat(call.closed).isNull();
    }

    private void assertMemoryIsClosed() {
        assertThatExceptionOfType(FrameException.class).as("closed now").isThrownBy(() -> fixture.memory.read(0, 1));
    }

    static List<Throwable> refusals() {
        return List.of(new RejectedExecutionException("on purpose"), new OutOfMemoryError("unable to create native thread"));
    }

    static List<Throwable> failures() {
        return List.of(new IllegalStateException("on purpose"), new StackOverflowError("on purpose"),
                new OutOfMemoryError("heap"));
    }

    private static void raise(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private void assertClosed(Status.Code code, String... parts) {
        assertThat(call.closed).as("the end of the call").isNotNull();
        assertThat(call.closed.getCode()).isEqualTo(code);
        assertThat(call.closed.getDescription()).contains(parts);
        assertThat(fixture.timesClosed).isEqualTo(1);
    }
}
