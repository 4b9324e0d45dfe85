package io.github.camellva.grpc.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.github.camellva.grpc.stream.ExtensionSession;
import io.github.camellva.grpc.stream.SessionEnvironment;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.thread.NetworkThreads;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.wire.FrameMarshaller;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.grpc.netty.shaded.io.netty.buffer.PooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.protobuf.services.HealthStatusManager;

/** The gRPC server of one extension, with its health service. */
public final class ExtensionServer {

    /**
     * What a node may send before it is requested. gRPC would let it grow with the speed of the network, up to 8 MiB for each
     * session. With less, nodes would pause while a frame is being read.
     */
    private static final int WINDOW_BYTES = 2 << 20;
    /**
     * Buffers for reading from sockets. Their chunks of 512 KiB, instead of gRPC's 2 MiB, stay in the processor's caches from
     * one read to the next, and there is less to clear when Netty replaces one.
     */
    private static final ByteBufAllocator BUFFERS = new PooledByteBufAllocator(
            true, 0, PooledByteBufAllocator.defaultNumDirectArena(), PooledByteBufAllocator.defaultPageSize(), 6,
            PooledByteBufAllocator.defaultSmallCacheSize(), PooledByteBufAllocator.defaultNormalCacheSize(),
            PooledByteBufAllocator.defaultUseCacheForAllThreads());
    /** Streams of a connection that are not sessions: health checks. */
    private static final int OTHER_STREAMS = 16;
    private static final Duration LAST_MESSAGES = Duration.ofSeconds(1);
    /** With a peer that was asked for a sign of life. */
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(20);

    private final NetworkThreads threads;
    private final Server server;
    private final InetSocketAddress address;
    private final RateLimitedLog log;
    private final SessionCallHandler sessions;
    private final CallWatch calls;
    private final HealthStatusManager health = new HealthStatusManager();

    /**
     * @param  random      for the ids of sessions; safe for use by many threads
     * @throws IOException if certificates or keys cannot be used
     */
    public ExtensionServer(
                           ServerSettings settings, SessionSettings sessionSettings, SessionEnvironment environment,
                           RandomGenerator random) throws IOException {
        this.address = settings.address();
        this.log = environment.log();
        ServerLimits limits = settings.limits();
        this.sessions = new SessionCallHandler(sessionSettings, limits, environment, random);
        this.calls = new CallWatch(limits, sessionSettings.maxMessageSize(), environment.time(), log);
        NettyServerBuilder builder = settings.tls().builder(address);
        this.threads = NetworkThreads.take();
        this.server = threads.serve(builder)
                // safe because frames are handed off at once; saves two thread switches per message
                .directExecutor()
                .withChildOption(ChannelOption.ALLOCATOR, BUFFERS)
                .flowControlWindow(WINDOW_BYTES)
                // gRPC would reset the stream without a status and log a stack trace: the guard of the call refuses earlier
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .addStreamTracerFactory(calls)
                .intercept(calls)
                .addTransportFilter(new ConnectionLimit(limits, log))
                // gRPC's own limits for these are generous, or there are none
                .maxConcurrentCallsPerConnection(Math.min(limits.maxSessions(), limits.sessionsPerPeer().most()) + OTHER_STREAMS)
                .maxInboundMetadataSize(limits.maxMetadataSize())
                .maxRstFramesPerWindow(200, 30)
                .maxConnectionIdle(limits.maxConnectionIdle().toMillis(), TimeUnit.MILLISECONDS)
                .handshakeTimeout(sessionSettings.limits().handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
                // a box that lost power or network sends nothing: ping it, and let nodes ping, too
                .keepAliveTime(limits.keepAliveTime().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(Math.min(MOST_PATIENCE.toMillis(), limits.keepAliveTime().toMillis()), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(extensionService(settings, sessionSettings))
                .addService(ServerInterceptors.intercept(health.getHealthService(), new HealthLimit()))
                .build();
    }

    /**
     * @throws AddressException if the address cannot be listened on
     */
    public void start() {
        String refusal = "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": ";
        if (address.isUnresolved()) {
            throw new AddressException(
                    refusal + "host '" + address.getHostString() + "' has no address on this machine",
                    "use 0.0.0.0 for all of its addresses");
        }
        try {
            server.start();
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new AddressException(
                    refusal + cause.getMessage(), "another program or route may listen there, choose another port");
        }
        GrpcLog.bound(log);
        calls.start();
        serving(ServingStatus.SERVING);
    }

    /** The port it listens on, while it does. */
    public int port() {
        return server.getPort();
    }

    /** Takes no new sessions, and no new frames of open ones. */
    public void suspend() {
        serving(ServingStatus.NOT_SERVING);
        sessions.closeToNewSessions(Status.UNAVAILABLE.withDescription("the extension is suspended; try again later"));
        sessions.sessions().forEach(ExtensionSession::suspend);
    }

    public void resume() {
        sessions.openToNewSessions();
        sessions.sessions().forEach(ExtensionSession::resume);
        serving(ServingStatus.SERVING);
    }

    /** Takes no new sessions, and ends those it has as soon as what is in the route is answered. */
    public void drain() {
        Status stopped = Status.UNAVAILABLE.withDescription("the extension has stopped");
        serving(ServingStatus.NOT_SERVING);
        sessions.closeToNewSessions(stopped);
        sessions.sessions().forEach(session -> session.stop(stopped));
    }

    /**
     * Answers the frames in the route, ends all sessions, and stops listening.
     *
     * @param drain how long to wait for frames in the route; sessions that have some left are then ended at once
     */
    public void stop(Duration drain) {
        Status stopped = Status.UNAVAILABLE.withDescription("the extension has stopped");
        health.enterTerminalState();
        sessions.closeToNewSessions(stopped);
        sessions.sessions().forEach(session -> session.stop(stopped));
        server.shutdown();
        try {
            if (!sessions.awaitNone(drain)) {
                sessions.sessions().forEach(session -> session.close(stopped));
            }
            // lets the last messages leave; the watch of a health check would never end by itself
            server.awaitTermination(LAST_MESSAGES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.shutdownNow();
            calls.stop();
            GrpcLog.release(log);
            threads.close();
        }
    }

    /** The open sessions. */
    public List<ExtensionSession> sessions() {
        return sessions.sessions();
    }

    private void serving(ServingStatus status) {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
        health.setStatus(MediaGraphExtensionGrpc.SERVICE_NAME, status);
    }

    /** Built by hand, to use our own marshaller. */
    private ServerServiceDefinition extensionService(ServerSettings settings, SessionSettings sessionSettings) {
        MethodDescriptor<MediaStreamMessage, MediaStreamMessage> published
                = MediaGraphExtensionGrpc.getProcessMediaStreamMethod();
        MethodDescriptor<Received, MediaStreamMessage> method = published.toBuilder(
                new FrameMarshaller(sessionSettings.maxMessageSize()), published.getResponseMarshaller()).build();
        ServerServiceDefinition service = ServerServiceDefinition.builder(MediaGraphExtensionGrpc.SERVICE_NAME)
                .addMethod(method, sessions).build();
        return settings.credentials() == null
                ? service
                : ServerInterceptors.intercept(service, new CredentialsInterceptor(settings.credentials(), log));
    }
}
