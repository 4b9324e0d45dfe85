package io.github.camellva.grpc.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import io.github.camellva.grpc.stream.ExtensionCall;
import io.github.camellva.grpc.stream.ExtensionSession;
import io.github.camellva.grpc.stream.Peer;
import io.github.camellva.grpc.stream.SessionEnvironment;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.grpc.wire.SessionId;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Turns each call into a session, as long as there is room. */
final class SessionCallHandler implements ServerCallHandler<Received, MediaStreamMessage> {

    private final SessionSettings settings;
    private final ServerLimits limits;
    private final Shares shares;
    private final SessionEnvironment environment;
    private final RandomGenerator random;

    private final Set<ExtensionSession> sessions = ConcurrentHashMap.newKeySet();
    /** Notified when a session has ended. */
    private final Object ended = new Object();
    /** Calls that are not over. A session can end before its call, whose last answers may still have to leave. */
    private final AtomicInteger places = new AtomicInteger();
    /** What new calls are refused with; null while they are accepted. */
    private volatile @Nullable Status closedToNewSessions;

    /** @param random for the ids of sessions; safe for use by many threads */
    SessionCallHandler(SessionSettings settings, ServerLimits limits, SessionEnvironment environment, RandomGenerator random) {
        this.settings = settings;
        this.limits = limits;
        this.shares = new Shares(limits.sessionsPerPeer());
        this.environment = environment;
        this.random = random;
    }

    @Override
    public ServerCall.Listener<Received> startCall(ServerCall<Received, MediaStreamMessage> call, Metadata headers) {
        Status closed = closedToNewSessions;
        if (closed != null) {
            return refuse(call, closed);
        }
        Peer peer = new Peer(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), TraceContext.of(headers));
        if (!shares.take(peer.socketAddress())) {
            return refuse(call, Status.RESOURCE_EXHAUSTED.withDescription(
                    "the extension serves at most " + limits.sessionsPerPeer().of(peer.socketAddress())
                                                                          + " sessions of one address at once, and has as many of this one;"
                                                                          + " try again later or raise its maxSessionsPerPeer"));
        }
        CallGuard.current().onEnd(() -> {
            places.decrementAndGet();
            shares.giveBack(peer.socketAddress());
        });
        if (places.incrementAndGet() > limits.maxSessions()) {
            return refuse(call, Status.RESOURCE_EXHAUSTED.withDescription(
                    "the extension serves at most " + limits.maxSessions() + " sessions at once, and has as many; try again later"
                                                                          + " or raise its maxSessions"));
        }
        SessionListener listener = new SessionListener(call, peer);
        sessions.add(listener.session);
        CallGuard.current().refuseBy(listener.session::onRuleBroken);
        listener.session.start();
        // whoever closed it meanwhile may have missed this session
        closed = closedToNewSessions;
        if (closed != null) {
            listener.session.stop(closed);
        }
        return listener;
    }

    List<ExtensionSession> sessions() {
        return List.copyOf(sessions);
    }

    void closeToNewSessions(Status status) {
        closedToNewSessions = status;
    }

    void openToNewSessions() {
        closedToNewSessions = null;
    }

    /** Waits until there is no session any more, at most as long as given; whether that is so. */
    boolean awaitNone(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (ended) {
            while (!sessions.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                ended.wait(left);
            }
        }
        return true;
    }

    private ServerCall.Listener<Received> refuse(ServerCall<?, ?> call, Status status) {
        environment.log().warn("A session from {} was refused: {}",
                call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), status.getDescription());
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {
        };
    }

    /** One call's events, handed to its session. */
    private final class SessionListener extends ServerCall.Listener<Received> {

        private final ExtensionSession session;

        SessionListener(ServerCall<Received, MediaStreamMessage> call, Peer peer) {
            GrpcExtensionCall extensionCall = new GrpcExtensionCall(call);
            session = new ExtensionSession(peer, settings, environment, random, extensionCall, this::onClosed);
            extensionCall.headers = SessionId.toHeaders(session.id());
        }

        @Override
        public void onMessage(Received message) {
            session.onMessage(message);
        }

        @Override
        public void onHalfClose() {
            session.onHalfClose();
        }

        @Override
        public void onCancel() {
            session.onCallEnded();
        }

        /** Also when gRPC itself has ended the call, after an Error of its own or of the marshaller. */
        @Override
        public void onComplete() {
            session.onCallEnded();
        }

        @Override
        public void onReady() {
            session.onReady();
        }

        private void onClosed() {
            synchronized (ended) {
                sessions.remove(session);
                ended.notifyAll();
            }
        }
    }

    private static final class GrpcExtensionCall implements ExtensionCall {

        private final ServerCall<Received, MediaStreamMessage> call;
        /** Null once they are sent. */
        private Metadata headers = new Metadata();

        GrpcExtensionCall(ServerCall<Received, MediaStreamMessage> call) {
            this.call = call;
        }

        @Override
        public void send(MediaStreamMessage message) {
            if (headers != null) {
                Metadata first = headers;
                headers = null;
                call.sendHeaders(first);
            }
            call.sendMessage(message);
        }

        @Override
        public void request(int messages) {
            call.request(messages);
        }

        @Override
        public boolean isReady() {
            return call.isReady();
        }

        @Override
        public void close(Status status) {
            call.close(status, new Metadata());
        }
    }
}
