package io.github.camellva.tools.check.extension;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.tools.check.BytesMarshaller;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/** A small extension that keeps all rules, but for one fault. */
final class FaultyExtension implements AutoCloseable {

    static final Credentials CREDENTIALS = new Credentials("node", "secret");
    private static final int PLACES = 24;

    private final ExtensionFault fault;
    private final Path memoryDirectory;
    private final Credentials credentials;
    private final Server server;
    private final Set<FaultySession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger places = new AtomicInteger();
    /** Of all sessions, for the fault that has it. */
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean anyOpened;

    /**
     * @param fault       null for none
     * @param credentials null for none
     */
    FaultyExtension(ExtensionFault fault, Path memoryDirectory, Credentials credentials) throws IOException {
        this.fault = fault;
        this.memoryDirectory = memoryDirectory;
        this.credentials = credentials;
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).directExecutor()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .addService(ServerServiceDefinition.builder(MediaGraphExtensionGrpc.SERVICE_NAME)
                        .addMethod(BytesMarshaller.method(BytesMarshaller.METHOD), this::onCall).build())
                .build().start();
    }

    int port() {
        return server.getPort();
    }

    boolean has(ExtensionFault one) {
        return fault == one;
    }

    Path memoryDirectory() {
        return memoryDirectory;
    }

    AtomicLong numbers() {
        return numbers;
    }

    boolean wasAnyOpened() {
        return anyOpened;
    }

    void opened() {
        anyOpened = true;
    }

    void over(FaultySession session) {
        if (sessions.remove(session)) {
            places.decrementAndGet();
        }
    }

    void endAll() {
        sessions.forEach(session -> session.end(Status.INTERNAL.withDescription("another session failed")));
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServerCall.Listener<byte[]> onCall(ServerCall<byte[], byte[]> call, Metadata headers) {
        if (credentials != null && !has(ExtensionFault.LETS_ANYBODY_IN) && !credentials.match(headers)) {
            return refuse(call, Status.UNAUTHENTICATED);
        }
        FaultySession session = new FaultySession(this, call, calls.incrementAndGet());
        if (places.incrementAndGet() > PLACES) {
            places.decrementAndGet();
            return refuse(call, Status.RESOURCE_EXHAUSTED.withDescription("at most " + PLACES + " sessions at once"));
        }
        sessions.add(session);
        boolean pending = has(ExtensionFault.LEAVES_A_SECOND_SESSION_PENDING) && places.get() > 1
                || has(ExtensionFault.ANSWERS_NOTHING_TO_THE_FIRST_CALL);
        if (!pending) {
            call.request(1);
        }
        return session;
    }

    private static ServerCall.Listener<byte[]> refuse(ServerCall<byte[], byte[]> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {
        };
    }
}
