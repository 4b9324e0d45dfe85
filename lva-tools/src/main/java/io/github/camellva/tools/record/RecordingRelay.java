package io.github.camellva.tools.record;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.Security;
import io.github.camellva.tools.recording.RecordingWriter;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.MetadataUtils;

/** A relay that listens, and the recorder beside it. */
final class RecordingRelay implements AutoCloseable {

    /** Beside the frame: inferences, names and numbers. */
    private static final int MESSAGE_OVERHEAD_BYTES = 1 << 20;
    private static final int DRAIN_SECONDS = 2;

    private final Recorder recorder;
    private final ManagedChannel channel;
    /** Frames in shared memory are read here, not on the network's threads. */
    private final ExecutorService threads;
    private final Relay relay;
    private final Server server;

    /**
     * What a relay may use.
     *
     * @param maxFileBytes          when the recording continues in another file
     * @param maxWaitingBytes       what may wait for the disk
     * @param maxMessageBytes       the largest frame
     * @param sharedMemoryDirectory where handles are looked up
     */
    record Limits(long maxFileBytes, long maxWaitingBytes, int maxMessageBytes, Path sharedMemoryDirectory) {
    }

    private RecordingRelay(Recorder recorder, ManagedChannel channel, ExecutorService threads, Relay relay, Server server) {
        this.recorder = recorder;
        this.channel = channel;
        this.threads = threads;
        this.relay = relay;
        this.server = server;
    }

    /** Begins to listen. */
    static RecordingRelay start(Address listen, Address extension, Security security, Path file, Limits limits) {
        LongSupplier clock = nanosSince1970();
        ManagedChannel channel = channel(extension, security, limits);
        ExecutorService threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        Recorder recorder = new Recorder(open(file, limits, extension, clock), limits.maxWaitingBytes, clock);
        recorder.start();
        Relay relay = new Relay(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(security.headers())),
                session -> new SessionTap(session, recorder, clock, limits.sharedMemoryDirectory, limits.maxMessageBytes));
        Server server = server(listen, relay, threads, limits);
        RecordingRelay started = new RecordingRelay(recorder, channel, threads, relay, server);
        boolean listening = false;
        try {
            server.start();
            listening = true;
            return started;
        } catch (IOException e) {
            throw new CommandException("cannot listen on " + listen + ": " + rootCause(e).getMessage(), e);
        } finally {
            if (!listening) {
                started.close();
            }
        }
    }

    int port() {
        return server.getPort();
    }

    /** Whether it has ended within a time. */
    boolean awaitEnd(int seconds) throws InterruptedException {
        return server.awaitTermination(seconds, TimeUnit.SECONDS);
    }

    /** Ends sessions, and writes what is waiting. */
    @Override
    public void close() {
        try {
            server.shutdownNow();
            channel.shutdownNow();
            server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
            channel.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
            threads.shutdown();
            threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
            recorder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long leftOut() {
        return recorder.leftOut();
    }

    /** What has been recorded so far. */
    @Override
    public String toString() {
        return relay.sessions() + (relay.sessions() == 1 ? " session, " : " sessions, ") + recorder.written() + " records"
               + (recorder.leftOut() == 0 ? "" : ", " + recorder.leftOut() + " messages left out");
    }

    private static ManagedChannel channel(Address extension, Security security, Limits limits) {
        try {
            return security.tls().builder(extension.host(), extension.port())
                    .maxInboundMessageSize(limits.maxMessageBytes + MESSAGE_OVERHEAD_BYTES)
                    .directExecutor()
                    .build();
        } catch (IOException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private static Server server(Address listen, Relay relay, ExecutorService threads, Limits limits) {
        InetSocketAddress address = listen.host().isEmpty()
                ? new InetSocketAddress(listen.port())
                : new InetSocketAddress(listen.host(), listen.port());
        return NettyServerBuilder.forAddress(address)
                .maxInboundMessageSize(limits.maxMessageBytes + MESSAGE_OVERHEAD_BYTES)
                .executor(threads)
                .fallbackHandlerRegistry(relay)
                .build();
    }

    private static RecordingWriter open(Path file, Limits limits, Address extension, LongSupplier clock) {
        try {
            return new RecordingWriter(file, limits.maxFileBytes, extension.toString(), clock);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(file + " exists; name another file, or remove it", e);
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static LongSupplier nanosSince1970() {
        return () -> {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        };
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }
}
