package io.github.camellva.examples.benchmark.micro;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.ExtensionCall;
import io.github.camellva.grpc.stream.ExtensionSession;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.Peer;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionEnvironment;
import io.github.camellva.grpc.stream.SessionLimits;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.stream.SharedMemoryUse;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.SystemTime;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.grpc.Status;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;

/**
 * What a session's bookkeeping costs per sample, from message to answer: without gRPC or a route, and on one thread. Samples have
 * no content; the time includes building their messages.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {

    private static final int IN_FLIGHT = 8;

    private static final MediaStreamDescriptor DESCRIPTOR = MediaStreamDescriptor.newBuilder()
            .setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(90_000)).build();
    private static final MediaSample SAMPLE = MediaSample.newBuilder().setTimestamp(145_892_470_449_324L).build();
    private static final List<Inference> FOUND = List.of(Inference.newBuilder()
            .setType(InferenceType.ENTITY)
            .setEntity(Entity.newBuilder()
                    .setTag(Tag.newBuilder().setValue("car").setConfidence(0.9f))
                    .setBox(Rectangle.newBuilder().setL(0.1f).setT(0.2f).setW(0.3f).setH(0.4f)))
            .build());

    @Param
    AnswerOrder answerOrder;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final CountingCall call = new CountingCall();
    private final Tasks tasks = new Tasks();
    private ExtensionSession session;
    private long lastReceived;

    @Setup
    public void open() {
        SessionSettings settings = new SessionSettings(
                "benchmark", 1 << 20, IN_FLIGHT, Overflow.BLOCK, answerOrder, Set.of(), Set.of(), SharedMemoryUse.FALSE, null,
                OnFailure.ACK, Throwable::getMessage,
                new SessionLimits(Duration.ofSeconds(30), Duration.ofHours(1), 1024, 65_536), PipelineMeters.unexported());
        Time time = new SystemTime(timers);
        SessionEnvironment environment = new SessionEnvironment(frame -> {
            frame.answer(FOUND);
            frame.release();
        }, tasks, tasks, time, new RateLimitedLog(LoggerFactory.getLogger(SessionBenchmark.class), time));
        session = new ExtensionSession(
                new Peer(new InetSocketAddress("127.0.0.1", 5001), Map.of()), settings, environment, new Random(1), call, () -> { });
        session.start();
        receive(MediaStreamMessage.newBuilder().setMediaStreamDescriptor(DESCRIPTOR));
        tasks.run();
        // once it knows that samples are small, a session requests several
        oneSample();
    }

    @TearDown
    public void end() {
        timers.shutdownNow();
        session.onHalfClose();
        if (call.closed == null || !call.closed.isOk()) {
            throw new IllegalStateException("the session ended with " + call.closed);
        }
    }

    /** One sample that is alone in the session. */
    @Benchmark
    public MediaStreamMessage oneSample() {
        receiveSample();
        return lastAnswer();
    }

    /** As many samples as may be in flight, the last answered first: in request order all answers wait for the first. */
    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public MediaStreamMessage backwards() {
        for (int i = 0; i < IN_FLIGHT; i++) {
            receiveSample();
        }
        return lastAnswer();
    }

    private void receiveSample() {
        receive(MediaStreamMessage.newBuilder().setMediaSample(SAMPLE));
    }

    private void receive(MediaStreamMessage.Builder message) {
        call.take();
        session.onMessage(Received.of(message.setSequenceNumber(++lastReceived).build()));
    }

    private MediaStreamMessage lastAnswer() {
        tasks.run();
        if (call.sent != lastReceived) {
            throw new IllegalStateException(call.sent + " answers to " + lastReceived + " messages");
        }
        return call.last;
    }

    /** Where gRPC would be. */
    private static final class CountingCall implements ExtensionCall {

        private int requested;
        private long sent;
        private MediaStreamMessage last;
        private Status closed;

        /** Takes a message that the session has requested. */
        void take() {
            if (requested == 0) {
                throw new IllegalStateException("the session has requested no message");
            }
            requested--;
        }

        @Override
        public void send(MediaStreamMessage message) {
            sent++;
            last = message;
        }

        @Override
        public void request(int messages) {
            requested += messages;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void close(Status status) {
            closed = status;
        }
    }

    /** Runs nothing during calls of the session; afterwards the newest frame first, and deferred tasks last. */
    private static final class Tasks implements FrameExecutor {

        private final Deque<Runnable> frames = new ArrayDeque<>();
        private final Queue<Runnable> deferred = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            frames.add(task);
        }

        @Override
        public void defer(Runnable task) {
            deferred.add(task);
        }

        void run() {
            while (!frames.isEmpty()) {
                frames.pollLast().run();
            }
            while (!deferred.isEmpty()) {
                deferred.poll().run();
            }
        }
    }
}
