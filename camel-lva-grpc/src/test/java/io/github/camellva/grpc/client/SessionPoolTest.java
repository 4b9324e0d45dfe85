package io.github.camellva.grpc.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.FakeNodeCall;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.RecordingLogger;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionPoolTest {

    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);
    private static final int MAX_SESSIONS = 2;
    private static final int MEMORY_BYTES = 100;
    private static final MediaStreamDescriptor CAMERA = rawDescriptor().build();
    private static final MediaStreamDescriptor OTHER_CAMERA = encodedDescriptor(Encoding.JPG).build();
    private static final MediaStreamDescriptor THIRD_CAMERA = encodedDescriptor(Encoding.PNG).build();

    private final VirtualTime time = new VirtualTime();
    private final List<String> log = new ArrayList<>();
    /** One for each session that was opened. */
    private final List<FakeNodeCall> calls = new ArrayList<>();
    private boolean memoryIsFull;
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile Runnable beforeOpening = () -> { };
    private final SessionPool pool = new SessionPool(
            this::open, new PoolSettings("host:5001", this::makeMemory, IDLE_TIMEOUT, MAX_SESSIONS), time, new Random(1),
            new RateLimitedLog(RecordingLogger.into(log), time), Runnable::run);

    @TempDir
    Path directory;

    @Test
    void everyDescriptorHasASessionThatIsUsedAgain() {
        NodeSession session = pool.session(CAMERA);
        assertThat(pool.session(CAMERA)).isSameAs(session);
        assertThat(pool.session(OTHER_CAMERA)).isNotSameAs(session);
        assertThat(pool.sessions()).hasSize(2);
    }

    @Test
    void aHungExtensionIsGivenUpAndAnotherSessionOpened() {
        NodeSession hung = pool.session(CAMERA);
        calls.get(0).answerDescriptor();
        calls.get(0).ready = false;
        CompletableFuture<MediaStreamMessage> answer = hung.send(1, ByteBuffer.allocate(24), List.of());
        time.advance(RESPONSE_TIMEOUT);
        assertThat(answer).isCompletedExceptionally();
        assertThat(directory).as("its memory is removed").isEmptyDirectory();
        time.advance(Duration.ofSeconds(1));
        NodeSession next = pool.session(CAMERA);
        assertThat(next).isNotSameAs(hung);
        calls.get(1).answerDescriptor();
        assertThat(next.send(2, ByteBuffer.allocate(24), List.of())).isNotDone();
        assertThat(calls.get(1).sent).hasSize(2);
    }

    @Test
    void anExtensionThatNeverAnswersTheDescriptorIsAskedAgainInAnotherSession() {
        NodeSession silent = pool.session(CAMERA);
        CompletableFuture<MediaStreamMessage> answer = silent.send(1, ByteBuffer.allocate(24), List.of());
        time.advance(RESPONSE_TIMEOUT);
        assertThat(answer).isCompletedExceptionally();
        assertThat(pool.failure()).hasValueSatisfying(
                failure -> assertThat(failure.getDescription()).contains("did not answer the descriptor"));
        time.advance(Duration.ofSeconds(1));
        assertThat(pool.session(CAMERA)).isNotSameAs(silent);
        assertThat(pool.failure()).as("another is open").isEmpty();
    }

    @Test
    void aSessionThatEndedIsOpenedAgainAfterAWaitThatSaysWhy() {
        NodeSession first = pool.session(CAMERA);
        first.onEnd(Status.UNAVAILABLE.withDescription("gone"));
        assertThat(log).singleElement().asString().contains(" did not open: UNAVAILABLE: gone; 0 answered");
        assertThatExceptionOfType(UnansweredException.class).isThrownBy(() -> pool.session(CAMERA))
                .withMessageContaining("the last session ended with UNAVAILABLE: gone")
                .withMessageContaining("another is opened in");
        time.advance(Duration.ofMillis(100));
        assertThat(pool.session(CAMERA)).isNotSameAs(first);
    }

    @Test
    void theEndOfASessionIsLoggedWithWhatBecameOfItsSamples() {
        NodeSession session = pool.session(CAMERA);
        calls.get(0).answerDescriptor();
        session.send(1, null, List.of());
        session.send(2, null, List.of());
        session.send(3, null, List.of());
        session.onMessage(ack(2).setMediaSample(sample(1).addInferences(entity("car"))).build());
        session.onMessage(ack(3).build());
        session.onEnd(Status.UNAVAILABLE.withDescription("gone"));
        assertThat(log).hasSize(2);
        assertThat(log.get(0)).contains("graph 'camera-1'").endsWith("at host:5001 opened");
        assertThat(log.get(1)).contains("graph 'camera-1'").endsWith("at host:5001 ended with UNAVAILABLE: gone; "
                + "1 answered, 1 not processed, 1 failed");
    }

    @Test
    void aSessionThatWasEndedWellIsLoggedWithItsCountsToo() {
        NodeSession session = pool.session(CAMERA);
        calls.get(0).answerDescriptor();
        pool.finishAll();
        session.onEnd(Status.OK);
        assertThat(log).last().asString().endsWith("at host:5001 ended; 0 answered, 0 not processed, 0 failed");
    }

    @Test
    void aSessionThatNobodyUsesIsFinishedOnlyWhenItIsIdle() {
        pool.session(CAMERA);
        calls.get(0).answerDescriptor();
        time.advance(IDLE_TIMEOUT);
        pool.finishIdle();
        assertThat(calls.get(0).halfClosed).isFalse();
        time.advance(Duration.ofNanos(1));
        pool.finishIdle();
        assertThat(calls.get(0).halfClosed).isTrue();
        assertThat(pool.sessions()).isEmpty();
    }

    @Test
    void aSessionIsFinishedByItsIdAndTheNextSampleOpensAnother() {
        NodeSession session = pool.session(CAMERA);
        assertThat(pool.finish("unknown")).isFalse();
        assertThat(pool.finish(session.id())).isTrue();
        assertThat(calls.get(0).halfClosed).isTrue();
        assertThat(pool.session(CAMERA)).isNotSameAs(session);
    }

    @Test
    void whenAllPlacesAreTakenOneThatIsNotUsedMakesRoom() {
        NodeSession used = pool.session(CAMERA);
        used.send(1, null, List.of());
        pool.session(OTHER_CAMERA);
        NodeSession third = pool.session(THIRD_CAMERA);
        assertThat(pool.sessions()).containsExactly(used, third);
        assertThat(calls.get(1).halfClosed).isTrue();
    }

    @Test
    void aSessionIsRefusedWhenAllOthersAreInUse() {
        pool.session(CAMERA).send(1, null, List.of());
        pool.session(OTHER_CAMERA).send(1, null, List.of());
        assertThatExceptionOfType(UnansweredException.class).isThrownBy(() -> pool.session(THIRD_CAMERA))
                .withMessageContaining("2 sessions are open, which is the most allowed");
    }

    @Test
    void sharedMemoryThatCannotBeMadeIsToldAndTakesNoPlace() {
        memoryIsFull = true;
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(UnansweredException.class).isThrownBy(() -> pool.session(CAMERA))
                    .withMessageContaining("shared memory cannot be made: no space");
        }
        memoryIsFull = false;
        assertThat(pool.session(CAMERA)).isNotNull();
    }

    @Test
    void stoppingFinishesAllAndIsDoneWhenTheLastHasEnded() {
        NodeSession first = pool.session(CAMERA);
        NodeSession second = pool.session(OTHER_CAMERA);
        CompletableFuture<Void> done = pool.finishAll();
        assertThat(calls).allMatch(call -> call.halfClosed);
        first.onEnd(Status.OK);
        assertThat(done).isNotDone();
        second.onEnd(Status.OK);
        assertThat(done).isCompleted();
        assertThat(directory).isEmptyDirectory();
        assertThatExceptionOfType(UnansweredException.class).isThrownBy(() -> pool.session(CAMERA))
                .withMessageContaining("stopped");
    }

    // opening takes its time

    @Test
    void nobodyWaitsForASessionThatIsBeingOpenedButThoseWhoNeedIt() throws Exception {
        CompletableFuture<NodeSession> first = sessionThatOpensSlowly();
        CompletableFuture<NodeSession> second = CompletableFuture.supplyAsync(() -> pool.session(CAMERA));
        assertThat(pool.session(OTHER_CAMERA)).isNotNull();
        assertThat(pool.sessions()).hasSize(1);
        assertThat(first).isNotDone();
        gate.countDown();
        assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(first.get(10, TimeUnit.SECONDS));
        assertThat(calls).hasSize(2);
    }

    @Test
    void aSessionThatIsBeingOpenedIsNotTakenForAnUnusedOne() throws Exception {
        CompletableFuture<NodeSession> opening = sessionThatOpensSlowly();
        time.advance(IDLE_TIMEOUT.plusMillis(1));
        pool.finishIdle();
        pool.session(OTHER_CAMERA);
        NodeSession third = pool.session(THIRD_CAMERA);
        gate.countDown();
        NodeSession opened = opening.get(10, TimeUnit.SECONDS);
        assertThat(pool.sessions()).containsExactlyInAnyOrder(opened, third);
    }

    @Test
    void aSessionThatOpensWhenThePoolHasStoppedIsFinished() throws Exception {
        CompletableFuture<NodeSession> opening = sessionThatOpensSlowly();
        pool.finishAll();
        gate.countDown();
        assertThat(opening).failsWithin(Duration.ofSeconds(10)).withThrowableThat().havingCause()
                .isInstanceOf(UnansweredException.class).withMessageContaining("stopped");
        assertThat(calls.get(0).halfClosed).isTrue();
    }

    private CompletableFuture<NodeSession> sessionThatOpensSlowly() throws InterruptedException {
        CountDownLatch opening = new CountDownLatch(1);
        beforeOpening = () -> {
            beforeOpening = () -> { };
            opening.countDown();
            await(gate);
        };
        CompletableFuture<NodeSession> session = CompletableFuture.supplyAsync(() -> pool.session(CAMERA));
        assertThat(opening.await(10, TimeUnit.SECONDS)).isTrue();
        return session;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private NodeSession open(MediaStreamDescriptor descriptor, FrameMemory memory) {
        beforeOpening.run();
        FakeNodeCall call = new FakeNodeCall();
        calls.add(call);
        return call.start(new NodeSession(
                descriptor, memory, 4, RESPONSE_TIMEOUT, PipelineMeters.unexported(), time, new Random(calls.size()), Runnable::run,
                call));
    }

    private FrameMemory makeMemory() throws IOException {
        if (memoryIsFull) {
            throw new IOException("no space");
        }
        return SharedMemorySender.create(directory, MEMORY_BYTES, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private static MediaStreamMessage.Builder ack(long number) {
        return MediaStreamMessage.newBuilder().setAckSequenceNumber(number);
    }
}
