package io.github.camellva.tools.check.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.tools.check.BytesMarshaller;
import io.github.camellva.tools.check.Format;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** A small node that keeps all rules, but for one fault: one camera, whose sessions follow one another. One thread does it all. */
final class FaultyNode implements AutoCloseable {

    static final Credentials CREDENTIALS = new Credentials("node", "secret");
    private static final Duration FIRST_WAIT = Duration.ofMillis(110);
    private static final int LONGEST_DOUBLINGS = 3;

    private final NodeFault fault;
    private final Duration timeout;
    private final Format format;
    private final Path memoryDirectory;
    private final ManagedChannel channel;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private FaultyNodeSession session;
    private Future<?> pacer;
    private int failures;
    private long numbers;
    private boolean dead;

    /**
     * @param fault           null for none
     * @param memoryDirectory null to embed frames
     * @param timeout         how long it waits for answers
     */
    FaultyNode(int port, NodeFault fault, Format format, Path memoryDirectory, Duration timeout) {
        this.fault = fault;
        this.timeout = timeout;
        this.format = format;
        this.memoryDirectory = memoryDirectory;
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().maxInboundMessageSize(8 << 20).build();
        thread.execute(this::open);
        this.pacer = thread.scheduleAtFixedRate(this::sendFrames, 10, 1, TimeUnit.MILLISECONDS);
    }

    boolean has(NodeFault one) {
        return fault == one;
    }

    Format format() {
        return format;
    }

    long timeoutNanos() {
        return timeout.toNanos();
    }

    /** Null when frames are embedded. */
    Path memoryDirectory() {
        return memoryDirectory;
    }

    void opened() {
        failures = 0;
    }

    /** Of the session before, for the fault that goes on with it. */
    long lastNumber() {
        return numbers;
    }

    void die() {
        dead = true;
    }

    void ended(long lastNumber) {
        numbers = lastNumber;
        if (dead) {
            return;
        }
        long nominal = FIRST_WAIT.toMillis() << Math.min(failures, LONGEST_DOUBLINGS);
        failures++;
        long wait = has(NodeFault.COMES_AGAIN_AT_ONCE) ? 0 : nominal - ThreadLocalRandom.current().nextLong(nominal / 10);
        thread.schedule(this::open, wait, TimeUnit.MILLISECONDS);
    }

    void execute(Runnable event) {
        if (!thread.isShutdown()) {
            thread.execute(event);
        }
    }

    @Override
    public void close() throws InterruptedException {
        pacer.cancel(false);
        thread.execute(() -> session.release());
        thread.shutdown();
        thread.awaitTermination(2, TimeUnit.SECONDS);
        channel.shutdownNow();
        channel.awaitTermination(1, TimeUnit.SECONDS);
    }

    /** More than one at a time only if nothing bounds it. */
    private void sendFrames() {
        int most = has(NodeFault.SENDS_WITHOUT_A_BOUND) ? 50 : 1;
        for (int i = 0; i < most; i++) {
            session.sendIfRoom();
        }
    }

    private void open() {
        ClientCall<byte[], byte[]> call = channel.newCall(BytesMarshaller.method(BytesMarshaller.METHOD), CallOptions.DEFAULT);
        session = new FaultyNodeSession(this, call);
        session.start(has(NodeFault.HAS_NO_CREDENTIALS) ? new Metadata() : CREDENTIALS.toHeaders());
    }
}
