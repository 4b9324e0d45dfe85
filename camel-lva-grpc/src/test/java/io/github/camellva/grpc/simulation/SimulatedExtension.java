package io.github.camellva.grpc.simulation;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camellva.grpc.media.SharedMemoryException;
import io.github.camellva.grpc.media.SimulatedMemory;
import io.github.camellva.grpc.stream.ExtensionSession;
import io.github.camellva.grpc.stream.Peer;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionEnvironment;
import io.github.camellva.grpc.stream.SessionLimits;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.stream.SharedMemoryUse;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;
import org.slf4j.helpers.NOPLogger;

/** An extension with all of its sessions. */
final class SimulatedExtension {

    private static final Peer PEER = new Peer(new InetSocketAddress("1.2.3.4", 5), Map.of());
    private static final Status STOPPED = Status.UNAVAILABLE.withDescription("the extension has stopped");

    private final World world;
    private final SessionSettings settings;
    private final SessionEnvironment environment;
    private final PipelineMeters meters = PipelineMeters.unexported();
    private final Map<String, SimulatedMemory> memories = new HashMap<>();
    private final Set<SimulatedCall> open = new LinkedHashSet<>();
    private boolean stopped;

    SimulatedExtension(World world, Chances chances, SimulatedRoute route) {
        this.world = world;
        this.settings = new SessionSettings(
                "simulated", 1 << 20, chances.maxInFlight(), chances.overflow(), chances.order(), EnumSet.of(Encoding.RAW),
                EnumSet.of(PixelFormat.BGR24), SharedMemoryUse.TRUE, (handleName, lengthBytes) -> find(handleName).open(), chances.onFailure(),
                Throwable::toString, new SessionLimits(Duration.ofMillis(20), Duration.ofMillis(40), 100, 100), meters);
        FrameExecutor executor = SimulatedExecutor.of(world, chances);
        this.environment = new SessionEnvironment(
                route, executor, executor, world, new RateLimitedLog(NOPLogger.NOP_LOGGER, world));
    }

    void offer(SimulatedMemory memory) {
        memories.put(memory.handleName(), memory);
    }

    /** A call has come; null, and the call's end, while the extension takes none. */
    ExtensionSession accept(SimulatedCall call) {
        open.add(call);
        boolean[] closed = { false };
        return new ExtensionSession(PEER, settings, environment, world.random(), call.extensionEnd, () -> {
            world.require(!closed[0], () -> "a session said twice that it is over");
            closed[0] = true;
            open.remove(call);
        });
    }

    boolean isStopped() {
        return stopped;
    }

    /** As an operator may at any time. */
    void meddle() {
        List<SimulatedCall> calls = new ArrayList<>(open);
        if (calls.isEmpty()) {
            return;
        }
        SimulatedCall call = calls.get(world.random().nextInt(calls.size()));
        switch (world.random().nextInt(5)) {
            case 0 -> call.stop(Status.UNAVAILABLE.withDescription("closed by the operator"));
            case 1 -> {
                call.force();
                call.extension().close(STOPPED);
            }
            case 2 -> {
                world.note("the extension is suspended");
                calls.forEach(each -> each.extension().suspend());
                world.after(Duration.ofMillis(3), "the extension resumes", () -> calls.forEach(each -> each.extension().resume()));
            }
            default -> call.reset();
        }
    }

    /** As the end of a route does: what is in the route may be done, for a while. */
    void stop(Duration drain) {
        stopped = true;
        List.copyOf(open).forEach(call -> call.extension().stop(STOPPED));
        world.after(drain, "the extension closes what is left", () -> List.copyOf(open).forEach(call -> {
            call.force();
            call.extension().close(STOPPED);
        }));
    }

    /** When all is quiet. */
    void requireClean() {
        world.require(open.isEmpty(), () -> open.size() + " sessions of the extension are open for ever");
        meters.counts().forEach(counts -> {
            world.require(counts.inFlight() == 0, () -> counts.inFlight() + " frames of the extension are counted in flight for ever");
            world.require(counts.sessions() == 0, () -> "sessions of the extension are counted for ever");
        });
    }

    private SimulatedMemory find(String handleName) throws SharedMemoryException {
        SimulatedMemory memory = memories.get(handleName);
        if (memory == null || memory.isClosed()) {
            throw SimulatedMemory.missing(handleName);
        }
        return memory;
    }
}
