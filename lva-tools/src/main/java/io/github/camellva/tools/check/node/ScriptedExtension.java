package io.github.camellva.tools.check.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.server.ServerTls;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.check.BytesMarshaller;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A server whose sessions wait, in the order in which they came, until a case takes them. */
final class ScriptedExtension implements AutoCloseable {

    private static final Status COME_AGAIN = Status.UNAVAILABLE.withDescription("come again");
    private static final int MOST_WAITING = 64;
    private static final int LARGEST_MESSAGE = 256 << 20;

    private final BlockingQueue<RawSession> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Server server;

    ScriptedExtension(InetSocketAddress address, ServerTls tls) {
        try {
            server = tls.builder(address).directExecutor().maxInboundMessageSize(LARGEST_MESSAGE)
                    .permitKeepAliveTime(1, TimeUnit.SECONDS).permitKeepAliveWithoutCalls(true)
                    .addService(ServerServiceDefinition.builder(MediaGraphExtensionGrpc.SERVICE_NAME)
                            .addMethod(BytesMarshaller.method(BytesMarshaller.METHOD), this::onCall).build())
                    .build().start();
        } catch (IOException e) {
            throw new CommandException("port " + address.getPort() + " cannot be listened on: " + e.getMessage()
                                       + "; give another with --port", e);
        }
    }

    int port() {
        return server.getPort();
    }

    /**
     * The session that came first of those whose node is still there; null if none came in that time.
     *
     * @param oldest one that has waited longer is sent away, since its node may be about to give it up
     */
    @Nullable RawSession take(Duration atMost, Duration oldest) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        RawSession session = waiting.poll(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
        while (session != null && !session.isFresh(oldest)) {
            session.end(COME_AGAIN);
            session = waiting.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        return session;
    }

    /** Ends the sessions that wait. */
    void sendAllAway() {
        for (RawSession session = waiting.poll(); session != null; session = waiting.poll()) {
            session.end(COME_AGAIN);
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination(1, TimeUnit.SECONDS);
    }

    private ServerCall.Listener<byte[]> onCall(ServerCall<byte[], byte[]> call, Metadata headers) {
        RawSession session = new RawSession(call, headers);
        ServerCall.Listener<byte[]> listener = session.start();
        if (!waiting.offer(session)) {
            session.end(Status.RESOURCE_EXHAUSTED.withDescription(MOST_WAITING + " sessions wait already"));
        }
        return listener;
    }
}
