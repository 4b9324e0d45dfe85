package io.github.camellva.grpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.client.ClientTls;
import io.github.camellva.grpc.client.NodeConnection;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.stream.NoRoomException;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.thread.SystemTime;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Channel;
import io.grpc.Metadata;

/** A connection of the component's own node, with timers of its own. */
public final class TestNode implements AutoCloseable {

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final NodeConnection connection;

    private TestNode(String host, int port, ClientTls tls, Metadata headers) throws IOException {
        connection = new NodeConnection(
                host, port, tls, headers, PipelineMeters.unexported(), new SystemTime(timers), new SecureRandom());
    }

    public static TestNode plaintext(String host, int port) throws IOException {
        return connect(host, port, ClientTls.none(), new Metadata());
    }

    public static TestNode connect(String host, int port, ClientTls tls, Metadata headers) throws IOException {
        return new TestNode(host, port, tls, headers);
    }

    public Channel channel() {
        return connection.channel();
    }

    /** @param memory null to embed frames; stays the caller's */
    public NodeSession open(MediaStreamDescriptor descriptor, FrameMemory memory, int maxInFlight, Duration responseTimeout) {
        return connection.open(descriptor, memory, maxInFlight, responseTimeout, Runnable::run);
    }

    /** Sends a sample as soon as there is room for it; one that finds none in time fails as it does without waiting. */
    public static CompletableFuture<MediaStreamMessage> sendWhenRoom(
            NodeSession session, long timestamp, ByteBuffer content, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            CompletableFuture<Void> room = session.room();
            CompletableFuture<MediaStreamMessage> answer = session.send(timestamp, content, List.of());
            boolean full = answer.isCompletedExceptionally() && answer.handle((sent, e) -> e instanceof NoRoomException).join();
            if (!full || System.nanoTime() > deadline) {
                return answer;
            }
            room.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        connection.close();
        timers.shutdownNow();
    }
}
