package io.github.camellva.grpc.client;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.stream.NodeCall;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.thread.NetworkThreads;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.grpc.wire.AnswerMarshaller;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.grpc.wire.SessionId;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import org.jspecify.annotations.Nullable;

/**
 * A node's connection to an extension, on which it opens sessions. Answers and ends come on gRPC's threads, which must not wait.
 * Safe for use by many threads.
 */
public final class NodeConnection implements AutoCloseable {

    private static final MethodDescriptor<MediaStreamMessage, Received> PROCESS_MEDIA_STREAM = processMediaStream();

    /** A peer that vanished without a word is asked. gRPC's servers cut off whoever asks more often than every five minutes. */
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(6);
    /** For its answer; on Linux also for the receipt of whatever was sent, so that a sender notices within this time. */
    private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(20);

    private final PipelineMeters meters;
    private final Time time;
    private final RandomGenerator random;
    private final NetworkThreads threads;
    private final NettyChannelBuilder builder;
    private final Metadata headers;
    @GuardedBy("this")
    private ManagedChannel channel;
    /** Replaced, and still with sessions. */
    @GuardedBy("this")
    private final Set<ManagedChannel> formerChannels = new LinkedHashSet<>();
    @GuardedBy("this")
    private boolean closed;

    /**
     * Connects when the first session is opened.
     *
     * @param  headers     sent with every call; see {@link io.github.camellva.grpc.wire.Credentials#toHeaders()}
     * @param  meters      for the counts of all sessions
     * @param  random      for the ids of sessions; safe for use by many threads
     * @throws IOException if certificates or keys cannot be used
     */
    public NodeConnection(
                          String host, int port, ClientTls tls, Metadata headers, PipelineMeters meters, Time time,
                          RandomGenerator random) throws IOException {
        this.meters = meters;
        this.time = time;
        this.random = random;
        this.headers = headers;
        this.builder = tls.builder(host, port)
                // its threads hand answers on; another hop would cost more than that
                .directExecutor()
                .maxInboundMessageSize(AnswerMarshaller.MAX_MESSAGE_SIZE)
                .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        this.threads = NetworkThreads.take();
        threads.serve(builder);
        this.channel = builder.build();
    }

    /**
     * Opens a session.
     *
     * @param memory for the frames; null to embed them in messages. The caller keeps it, and closes it after the session's end
     * @see          NodeSession#NodeSession
     */
    public NodeSession open(
            MediaStreamDescriptor descriptor, @Nullable FrameMemory memory, int maxInFlight, Duration responseTimeout,
            Executor sends) {
        ManagedChannel current = current();
        if (current.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            // gRPC's own delay between attempts grows to minutes
            current.resetConnectBackoff();
        }
        ClientCall<MediaStreamMessage, Received> call = authenticated(current).newCall(PROCESS_MEDIA_STREAM, CallOptions.DEFAULT);
        NodeSession session = new NodeSession(
                descriptor, memory, maxInFlight, responseTimeout, meters, time, random, sends, new GrpcNodeCall(call));
        call.start(new AnswerListener(call, session, () -> replace(current)), new Metadata());
        call.request(1);
        session.start();
        return session;
    }

    /** For calls outside the protocol, such as the health service. */
    public Channel channel() {
        return authenticated(current());
    }

    /** Ends what is still open. */
    @Override
    public void close() {
        ManagedChannel last;
        List<ManagedChannel> former;
        synchronized (this) {
            closed = true;
            last = channel;
            former = List.copyOf(formerChannels);
        }
        former.forEach(ManagedChannel::shutdownNow);
        try {
            last.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.close();
        }
    }

    private synchronized ManagedChannel current() {
        return channel;
    }

    /**
     * A channel of gRPC's that met an Error within itself never works again, and does not say so. The sessions that it still has go
     * on.
     */
    private void replace(ManagedChannel silent) {
        synchronized (this) {
            if (closed || channel != silent) {
                return;
            }
            channel = builder.build();
            formerChannels.removeIf(ManagedChannel::isTerminated);
            formerChannels.add(silent);
        }
        silent.shutdown();
    }

    private Channel authenticated(Channel plain) {
        return ClientInterceptors.intercept(plain, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** As published, with a marshaller of our own for answers. */
    private static MethodDescriptor<MediaStreamMessage, Received> processMediaStream() {
        MethodDescriptor<MediaStreamMessage, MediaStreamMessage> published
                = MediaGraphExtensionGrpc.getProcessMediaStreamMethod();
        return published.toBuilder(published.getRequestMarshaller(), new AnswerMarshaller()).build();
    }

    private record GrpcNodeCall(ClientCall<MediaStreamMessage, ?> call) implements NodeCall {

        @Override
        public void send(MediaStreamMessage message) {
            call.sendMessage(message);
        }

        @Override
        public void halfClose() {
            call.halfClose();
        }

        @Override
        public boolean isReady() {
            return call.isReady();
        }

        @Override
        public void cancel(String why) {
            call.cancel(why, null);
        }
    }

    private static final class AnswerListener extends ClientCall.Listener<Received> {

        private final ClientCall<?, ?> call;
        private final NodeSession session;
        private final Runnable onSilence;
        private boolean heard;
        /** Why this side ended the call; gRPC only knows that it did. */
        private @Nullable Status refusal;

        /** @param onSilence called when the call ends without a word from its peer, and not for want of a connection */
        AnswerListener(ClientCall<?, ?> call, NodeSession session, Runnable onSilence) {
            this.call = call;
            this.session = session;
            this.onSilence = onSilence;
        }

        @Override
        public void onHeaders(Metadata headers) {
            heard = true;
            SessionId.of(headers).ifPresent(session::named);
        }

        @Override
        public void onMessage(Received received) {
            if (received.refusal() == null) {
                session.onMessage(received.message());
                call.request(1);
            } else {
                refusal = received.refusal();
                call.cancel(refusal.getDescription(), null);
            }
        }

        @Override
        public void onReady() {
            session.onReady();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            try {
                if (!heard && (status.getCode() == Status.Code.CANCELLED || status.getCode() == Status.Code.INTERNAL)) {
                    onSilence.run();
                }
            } finally {
                session.onEnd(refusal == null ? status : refusal);
            }
        }
    }
}
