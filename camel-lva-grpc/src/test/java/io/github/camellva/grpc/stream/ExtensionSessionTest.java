package io.github.camellva.grpc.stream;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;

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
    private final FakeLine line = fixture.line;
    private final FakeRoute route = fixture.route;

    @TempDir
    Path directory;

    // answers

    @Test
    void anAnswerHasTheNextNumberAcksItsSampleAndEchoesTheTimestamp() {
        fixture.opened().send(message(40, embedded(987654321L, pixels(FRAME_BYTES, 1))));
        route.found(40, "car");
        assertThat(line.sent.get(1)).satisfies(answer -> {
            assertThat(answer.getSequenceNumber()).isEqualTo(2);
            assertThat(answer.getAckSequenceNumber()).isEqualTo(40);
            assertThat(answer.getMediaSample().getTimestamp()).isEqualTo(987654321L);
            assertThat(Messages.tags(answer)).containsExactly("car");
        });
    }

    @Test
    void aSampleWithoutFindingsIsAcknowledgedAlone() {
        fixture.opened().sendFrames(1);
        route.foundNothing(2);
        assertThat(line.sent.get(1).getMediaSample().getInferencesList()).isEmpty();
        assertThat(line.acks()).containsExactly(2L);
    }

    @Test
    void answersGoOutInRequestOrderHoweverTheRouteIsDone() {
        fixture.opened().sendFrames(3);
        route.found(3, "b");
        route.found(4, "c");
        assertThat(line.acks()).isEmpty();
        route.found(2, "a");
        assertThat(line.acks()).containsExactly(2L, 3L, 4L);
        assertThat(line.sent).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void answersGoOutAsTheyAreDoneWhenAskedTo() {
        fixture.answerOrder = AnswerOrder.COMPLETION;
        fixture.opened().sendFrames(3);
        route.found(3, "b");
        route.found(4, "c");
        route.found(2, "a");
        assertThat(line.acks()).containsExactly(3L, 4L, 2L);
        assertThat(line.sent).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aFrameThatIsCompletedTwiceIsAnErrorAndAckedOnce() {
        fixture.opened().sendFrames(1);
        FrameHandler.Completion completion = route.completion(2);
        completion.answer(List.of());
        assertThatIllegalStateException().isThrownBy(() -> completion.answer(List.of())).withMessageContaining("sample 2");
        assertThatIllegalStateException().isThrownBy(() -> completion.fail(new Exception())).withMessageContaining("sample 2");
        assertThat(line.acks()).containsExactly(2L);
    }

    // threads

    @Test
    void threadsAreWokenWithoutTheSessionsLockForWhichTheyWouldHaveToWait() {
        fixture.maxInFlight = 1;
        fixture.overflow = Overflow.SKIP;
        fixture.opened();
        List<Boolean> locked = new ArrayList<>();
        route.onExecute = () -> locked.add(Thread.holdsLock(fixture.session()));
        fixture.sendFrames(3);
        route.foundNothing(2);
        fixture.session().suspend();
        fixture.sendFrames(1);
        route.fail(4, new Exception("on purpose"));
        fixture.session().resume();
        assertThat(locked).containsExactly(false, false, false);
    }

    @Test
    void aFrameGetsItsThreadAlsoWhenTheCallFailsBehindIt() {
        fixture.maxInFlight = 1;
        fixture.overflow = Overflow.SKIP;
        fixture.opened();
        line.onRequest = () -> {
            throw new IllegalStateException("on purpose");
        };
        assertThatIllegalStateException().isThrownBy(() -> fixture.sendFrames(1));
        route.runTasks();
        assertThat(route.inRoute()).containsExactly(2L);
    }

    @Test
    void aFrameThatNoThreadIsFreeForIsAcknowledgedAndGivenBack() {
        fixture.opened();
        route.onExecute = () -> {
            throw new RejectedExecutionException("on purpose");
        };
        fixture.sendFrames(2);
        assertThat(line.acks()).containsExactly(2L, 3L);
        assertThat(line.closed).isNull();
        assertThat(fixture.session().inRoute()).isZero();
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
        assertThat(line.closed).isNull();
        fixture.send(message(3, sample(1)));
        route.foundNothing(Long.MAX_VALUE);
        route.foundNothing(Long.MIN_VALUE);
        assertClosed(Status.Code.INVALID_ARGUMENT, "after 9223372036854775808");
    }

    @Test
    void whatCameBeforeABrokenRuleIsAnsweredBeforeTheSessionEnds() {
        fixture.opened().sendFrames(2).send(message(2, sample(1)));
        assertThat(line.closed).isNull();
        route.found(2, "a");
        route.found(3, "b");
        assertThat(line.acks()).containsExactly(2L, 3L);
        assertClosed(Status.Code.INVALID_ARGUMENT, "sequence_number 2");
    }

    @Test
    void anAcknowledgementAloneIsTakenAndAnotherMessageAskedFor() {
        fixture.opened();
        int before = line.requested;
        fixture.send(MediaStreamMessage.newBuilder().setSequenceNumber(2).setAckSequenceNumber(1).build());
        assertThat(line.requested).isEqualTo(before + 1);
        assertThat(line.closed).isNull();
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
        assertThat(line.acks()).containsExactly(2L, 3L);
        assertThat(line.sent.get(1).getMediaSample().getInferencesList()).isEmpty();
        assertThat(line.closed).isNull();
    }

    @Test
    void aFailedFrameEndsTheSessionWhenAskedToAndIsAcknowledgedAllTheSame() {
        fixture.onFailure = OnFailure.CLOSE;
        fixture.opened().sendFrames(2);
        route.fail(3, new IllegalStateException("secret"));
        assertThat(line.closed).as("frame 2 is still in the route").isNull();
        route.found(2, "a");
        assertThat(line.acks()).containsExactly(2L, 3L);
        assertClosed(Status.Code.INTERNAL, "sample 3", "muted");
        assertThat(line.closed.getDescription()).doesNotContain("secret").doesNotContain("Exception");
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
        assertThat(line.requested).isEqualTo(1 + 3);
        route.foundNothing(2);
        assertThat(line.requested).isEqualTo(1 + 3 + 1);
    }

    @Test
    void aFrameThatWaitsForAnEarlierAnswerKeepsItsPlaceSoThatAnswersDoNotPileUp() {
        fixture.opened().sendFrames(3);
        route.found(3, "b");
        route.found(4, "c");
        assertThat(line.requested).isEqualTo(1 + 3);
        route.found(2, "a");
        assertThat(line.requested).isEqualTo(1 + 3 + 3);
    }

    @Test
    void aLargeFrameIsAskedForWhenTheRouteHasBegunTheOneBefore() throws Exception {
        fixture.opened(rawDescriptor(PixelFormat.BGR24, 1200, 1200, 0));
        for (long number = 2; number < 2 + fixture.maxInFlight; number++) {
            fixture.receive(largeFrame(number));
            route.runTasks();
            assertThat(line.requested).isEqualTo(1 + number - 1);
            route.frames.get(number).content();
            assertThat(line.requested).isEqualTo(1 + Math.min(number, fixture.maxInFlight));
        }
    }

    @Test
    void aLargeFrameThatNobodyLooksAtDoesNotHoldTheNextOneUp() {
        fixture.opened(rawDescriptor(PixelFormat.BGR24, 1200, 1200, 0));
        fixture.receive(largeFrame(2));
        route.runTasks();
        assertThat(line.requested).isEqualTo(1 + 1);
        route.frames.get(2L).release();
        assertThat(line.requested).isEqualTo(1 + 2);
    }

    private static MediaStreamMessage largeFrame(long number) {
        return message(number, embedded(number, new byte[1200 * 1200 * 3]));
    }

    @Test
    void nothingIsAskedForWhileTheNodeDoesNotReadItsAnswers() {
        fixture.opened().sendFrames(1);
        line.ready = false;
        route.foundNothing(2);
        assertThat(line.requested).isEqualTo(1 + 3);
        line.ready = true;
        fixture.session().onReady();
        assertThat(line.requested).isEqualTo(1 + 3 + 1);
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
        assertThat(line.acks()).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(line.sent.subList(2, 5)).allSatisfy(skipped -> assertThat(Messages.tags(skipped)).isEmpty());
    }

    @Test
    void skippedFramesAreAckedAtOnceWhenOrderDoesNotMatter() {
        fixture.overflow = Overflow.SKIP;
        fixture.answerOrder = AnswerOrder.COMPLETION;
        fixture.maxInFlight = 1;
        fixture.opened().sendFrames(4);
        assertThat(line.acks()).containsExactly(3L, 4L);
        assertThat(route.inRoute()).containsExactly(2L);
    }

    @Test
    void skippingReadsOnWhileTheRouteIsFullButNotWithoutEnd() {
        fixture.overflow = Overflow.SKIP;
        fixture.maxInFlight = 1;
        fixture.opened().sendFrames(10);
        assertThat(line.requested).isEqualTo(1 + 10 + 1);
        int sent = 10;
        while (line.requested > 1 + sent) {
            fixture.sendFrames(1);
            sent++;
        }
        assertThat(sent).as("acks that wait for the first frame").isEqualTo(Overflow.MAX_UNANSWERED);
        route.foundNothing(2);
        assertThat(line.requested).isEqualTo(1 + sent + 1);
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
        assertThat(line.acks()).as("it waits for the first frame").isEmpty();
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
        assertThat(line.closed).isNull();
        route.found(2, "a");
        route.found(3, "b");
        assertThat(line.acks()).containsExactly(2L, 3L);
        assertThat(line.closed.isOk()).isTrue();
        assertThat(fixture.timesClosed).isEqualTo(1);
    }

    @Test
    void aNodeThatIsGoneGetsNothingAndTheRouteMayFinish() {
        fixture.opened().sendFrames(2);
        fixture.session().onCancel();
        route.found(2, "a");
        route.fail(3, new IllegalStateException());
        assertThat(line.acks()).isEmpty();
        assertThat(line.closed).isNull();
        assertThat(fixture.timesClosed).isEqualTo(1);
    }

    @Test
    void aSuspendedSessionTakesNoFurtherFramesIntoTheRouteUntilItIsResumed() {
        fixture.opened().sendFrames(1);
        fixture.session().suspend();
        fixture.sendFrames(2);
        assertThat(route.inRoute()).containsExactly(2L);
        route.foundNothing(2);
        assertThat(line.requested).as("nothing more is read").isEqualTo(1 + 3);
        fixture.session().resume();
        route.runTasks();
        assertThat(route.inRoute()).containsExactly(3L, 4L);
        assertThat(line.requested).isEqualTo(1 + 3 + 1);
    }

    @Test
    void stoppingAnswersWhatIsInTheRouteAcksWhatWaitsAndThenEnds() {
        fixture.opened().sendFrames(1);
        fixture.session().suspend();
        fixture.sendFrames(2);
        fixture.session().stop(Status.UNAVAILABLE.withDescription("stopped"));
        assertThat(line.closed).isNull();
        route.found(2, "a");
        assertThat(line.acks()).containsExactly(2L, 3L, 4L);
        assertClosed(Status.Code.UNAVAILABLE, "stopped");
    }

    @Test
    void aSuspendedSessionWhoseNodeHasFinishedEndsWhenItIsStopped() {
        fixture.opened();
        fixture.session().suspend();
        fixture.sendFrames(2);
        fixture.session().onHalfClose();
        assertThat(line.closed).as("two frames wait").isNull();
        fixture.session().stop(Status.UNAVAILABLE);
        assertThat(line.acks()).containsExactly(2L, 3L);
        assertThat(line.closed.isOk()).as("the node was first to end it").isTrue();
    }

    @Test
    void framesThatArriveWhileTheSessionEndsAreAcked() {
        fixture.opened().sendFrames(1);
        fixture.session().stop(Status.UNAVAILABLE.withDescription("stopped"));
        fixture.sendFrames(2);
        assertThat(route.inRoute()).containsExactly(2L);
        route.found(2, "a");
        assertThat(line.acks()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void endingAtOnceAcksWhatIsInTheRouteAndIgnoresWhatTheRouteSaysLater() {
        fixture.opened().sendFrames(2);
        fixture.session().close(Status.UNAVAILABLE.withDescription("stopped"));
        assertThat(line.acks()).containsExactly(2L, 3L);
        assertClosed(Status.Code.UNAVAILABLE, "stopped");
        route.found(2, "a");
        route.found(3, "b");
        assertThat(line.acks()).containsExactly(2L, 3L);
    }

    @Test
    void endingAtOnceDoesNotPromiseThatARegionIsFreeWhichTheRouteStillReads() throws Exception {
        openWithMemory(SharedMemoryAccess.MAP, pixels(FRAME_BYTES, 3));
        fixture.send(reference(1, 0, FRAME_BYTES));
        fixture.session().close(Status.UNAVAILABLE.withDescription("stopped"));
        assertThat(line.acks()).isEmpty();
        assertThat(route.frames.get(2L).content()).as("the region outlives the session").isEqualTo(
                ByteBuffer.wrap(pixels(FRAME_BYTES, 3)));
        route.foundNothing(2);
    }

    @ParameterizedTest
    @EnumSource
    void sharedMemoryOutlivesTheNodeUntilTheLastFrameIsDone(SharedMemoryAccess access) throws Exception {
        openWithMemory(access, pixels(FRAME_BYTES, 3));
        fixture.send(reference(1, 0, FRAME_BYTES)).send(reference(1, 0, FRAME_BYTES));
        fixture.session().onCancel();
        Frame last = route.frames.get(3L);
        route.foundNothing(2);
        assertThat(last.content()).isEqualTo(ByteBuffer.wrap(pixels(FRAME_BYTES, 3)));
        route.foundNothing(3);
        if (access == SharedMemoryAccess.COPY) {
            assertThatExceptionOfType(FrameException.class).as("closed now").isThrownBy(last::content);
        }
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
            boolean mayRead = chaos.line.requested - 1 > sent.size();
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
        assertThat(chaos.line.acks()).containsExactlyInAnyOrderElementsOf(sent);
        if (chaos.answerOrder == AnswerOrder.REQUEST) {
            assertThat(chaos.line.acks()).isEqualTo(sent);
        }
        assertThat(chaos.line.closed).isNotNull();
    }

    private void openWithMemory(SharedMemoryAccess access, byte[] memory) throws Exception {
        Files.write(directory.resolve("handle"), memory);
        fixture.sharedMemoryDirectory = directory;
        fixture.access = access;
        fixture.opened(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("handle", memory.length)));
        assertThat(line.closed).isNull();
    }

    private void assertClosed(Status.Code code, String... parts) {
        assertThat(line.closed).as("the end of the call").isNotNull();
        assertThat(line.closed.getCode()).isEqualTo(code);
        assertThat(line.closed.getDescription()).contains(parts);
        assertThat(fixture.timesClosed).isEqualTo(1);
    }
}
