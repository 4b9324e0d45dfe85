package io.github.camellva.grpc.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.client.PoolSettings;
import io.github.camellva.grpc.client.SessionPool;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.media.SimulatedMemory;
import io.github.camellva.grpc.stream.FinishingException;
import io.github.camellva.grpc.stream.NoRoomException;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;
import org.slf4j.helpers.NOPLogger;

/** A node whose cameras send until it is stopped. */
final class SimulatedNode {

    private static final List<MediaStreamDescriptor> CAMERAS
            = List.of(descriptor("camera-1"), descriptor("camera-2"), descriptor("camera-3"));

    private final World world;
    private final Chances chances;
    private final SimulatedExtension extension;
    private final SimulatedRoute route;
    private final PipelineMeters meters = PipelineMeters.unexported();
    private final SessionPool pool;
    private final List<SimulatedMemory> memories = new ArrayList<>();
    private final List<SimulatedCall> calls = new ArrayList<>();
    private long lastTimestamp;
    private int undecided;
    private int callsMade;
    private boolean resting;
    private boolean stopped;

    SimulatedNode(World world, Chances chances, SimulatedExtension extension, SimulatedRoute route) {
        this.world = world;
        this.chances = chances;
        this.extension = extension;
        this.route = route;
        this.pool = new SessionPool(
                this::open,
                new PoolSettings(
                        "simulated:1", chances.memoryAccess() == null ? null : this::makeMemory, chances.idleTimeout(),
                        chances.nodeMaxSessions()),
                world, world.random(), new RateLimitedLog(NOPLogger.NOP_LOGGER, world), this::elsewhere);
    }

    void start() {
        CAMERAS.subList(0, chances.cameras()).forEach(this::sendSoon);
        finishIdleSoon();
    }

    /** Calls that are not over. */
    List<SimulatedCall> calls() {
        return calls;
    }

    /** After every step. */
    void check() {
        calls.removeIf(SimulatedCall::isOver);
        calls.forEach(SimulatedCall::check);
    }

    /** As an operator may at any time. */
    void meddle() {
        List<NodeSession> sessions = pool.sessions();
        if (!sessions.isEmpty()) {
            pool.finish(sessions.get(world.random().nextInt(sessions.size())).id());
        }
    }

    /** Sends no more, and keeps its sessions. */
    void rest() {
        resting = true;
    }

    /** When nothing happens any more. */
    void checkQuiet() {
        world.require(undecided == 0, () -> undecided + " samples are neither answered nor failed, and nothing happens any more");
        calls.forEach(SimulatedCall::checkQuiet);
    }

    /** Waits for answers and ends, and then breaks off what has not ended. */
    void stop() {
        stopped = true;
        CompletableFuture<Void> ended = pool.finishAll();
        world.after(chances.responseTimeout(), "the node closes its connection", () -> {
            if (!ended.isDone()) {
                List.copyOf(calls).forEach(call -> call.nodeEnd.cancel("the connection is closed"));
            }
        });
    }

    /** When all is quiet. */
    void requireClean() {
        world.require(undecided == 0, () -> undecided + " samples are neither answered nor failed, and nothing happens any more");
        world.require(calls.isEmpty(), () -> calls.size() + " calls are open for ever");
        world.require(pool.sessions().isEmpty(), () -> "sessions of the node are open for ever");
        for (SimulatedMemory memory : memories) {
            world.require(memory.isClosed(), () -> memory.handleName() + " is never removed");
            world.require(memory.isReleased(), () -> memory.handleName() + " stays open in the extension");
            world.require(memory.freeBytes() == memory.lengthBytes(), () -> memory.handleName() + " has lost a slot");
        }
        meters.counts().forEach(counts -> {
            world.require(counts.inFlight() == 0, () -> counts.inFlight() + " samples are counted in flight for ever");
            world.require(counts.sessions() == 0, () -> "sessions of the node are counted for ever");
        });
    }

    private void sendSoon(MediaStreamDescriptor camera) {
        world.after(world.upTo(chances.frameEvery()), "a camera has a frame", () -> {
            if (!stopped && !resting) {
                new Sample(camera, ++lastTimestamp).send();
                sendSoon(camera);
            }
        });
    }

    private void finishIdleSoon() {
        world.after(chances.idleTimeout().dividedBy(2), "the node looks for idle sessions", () -> {
            if (!stopped && !resting) {
                pool.finishIdle();
                finishIdleSoon();
            }
        });
    }

    private FrameMemory makeMemory() {
        SimulatedMemory memory = new SimulatedMemory(
                "memory-" + memories.size(), chances.memorySlots() * Chances.FRAME_BYTES, chances.memoryAccess(),
                () -> world.fault(chances.memoryFails()));
        memories.add(memory);
        extension.offer(memory);
        return memory;
    }

    private void elsewhere(Runnable task) {
        world.after(world.upTo(chances.network()), "a file is removed", task);
    }

    /** As an executor sends samples that others follow. */
    private void nowOrLater(Runnable sending) {
        if (world.random().nextInt(3) == 0) {
            world.after(world.upTo(200), "what was deferred is sent", sending);
        } else {
            sending.run();
        }
    }

    private NodeSession open(MediaStreamDescriptor descriptor, FrameMemory memory) {
        SimulatedCall call = new SimulatedCall(world, chances, "call " + ++callsMade, route, memory != null);
        NodeSession session = new NodeSession(
                descriptor, memory, chances.nodeMaxInFlight(), chances.responseTimeout(), meters, world, world.random(),
                this::nowOrLater, call.nodeEnd);
        calls.add(call);
        if (extension.isStopped()) {
            call.connect(session, null);
            session.start();
            call.reset();
        } else {
            call.connect(session, extension.accept(call));
            session.start();
            call.extension().start();
        }
        return session;
    }

    private static MediaStreamDescriptor descriptor(String graph) {
        return MediaStreamDescriptor.newBuilder()
                .setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName(graph))
                .setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(1)
                        .setVideoFrameSampleFormat(VideoFrameSampleFormat.newBuilder()
                                .setEncoding(Encoding.RAW).setPixelFormat(PixelFormat.BGR24)
                                .setDimensions(Dimensions.newBuilder()
                                        .setWidth(Chances.FRAME_WIDTH).setHeight(Chances.FRAME_HEIGHT))))
                .build();
    }

    /** One frame's way, as the producer takes it: it waits for room, or fails. */
    private final class Sample {

        private final MediaStreamDescriptor camera;
        private final long timestamp;
        private final ByteBuffer content;
        private Time.Timer patience;
        private boolean toBeTried;
        private boolean decided;

        Sample(MediaStreamDescriptor camera, long timestamp) {
            this.camera = camera;
            this.timestamp = timestamp;
            this.content = ByteBuffer.wrap(SimulatedRoute.picture(timestamp));
            undecided++;
        }

        void send() {
            try {
                NodeSession session = pool.session(camera);
                CompletableFuture<MediaStreamMessage> answer = session.send(timestamp, content, List.of());
                Throwable failure = failure(answer);
                if (failure instanceof FinishingException) {
                    send();
                } else if (failure instanceof NoRoomException && chances.blockWhenFull()) {
                    await(session);
                } else {
                    stopWaiting();
                    answer.whenComplete(this::decide);
                }
            } catch (UnansweredException | InternalError e) {
                stopWaiting();
                decide(null, e);
            }
        }

        private void stopWaiting() {
            if (patience != null) {
                patience.cancel();
            }
        }

        private void await(NodeSession session) {
            if (patience == null) {
                patience = world.after(chances.responseTimeout(), "a sample has waited for room in vain",
                        this::giveUp);
            }
            session.room().thenRun(() -> {
                toBeTried = true;
                world.after(world.upTo(50), "a sample is tried again", () -> {
                    toBeTried = false;
                    if (!decided) {
                        send();
                    }
                });
            });
        }

        private void giveUp() {
            if (!toBeTried && !stopped) {
                CompletableFuture<MediaStreamMessage> answer = pool.session(camera).send(timestamp, content, List.of());
                world.require(failure(answer) instanceof UnansweredException,
                        () -> "sample " + timestamp + " has waited in vain for room that there is");
            }
            decide(null, new TimeoutException());
        }

        private Throwable failure(CompletableFuture<?> answer) {
            return answer.isCompletedExceptionally() ? answer.handle((ignored, cause) -> cause).join() : null;
        }

        private void decide(MediaStreamMessage answer, Throwable failure) {
            world.require(!decided, () -> "sample " + timestamp + " was decided twice");
            decided = true;
            undecided--;
            if (answer != null && answer.hasMediaSample()) {
                world.require(answer.getMediaSample().getInferences(0).getText().getValue()
                        .equals(SimulatedRoute.finding(timestamp)), () -> "sample " + timestamp + " got another's answer");
            }
        }
    }
}
