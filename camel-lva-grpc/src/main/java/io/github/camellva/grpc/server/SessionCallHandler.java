package io.github.camellva.grpc.server;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camellva.grpc.stream.ExtensionSession;
import io.github.camellva.grpc.stream.FrameExecutor;
import io.github.camellva.grpc.stream.FrameHandler;
import io.github.camellva.grpc.stream.Peer;
import io.github.camellva.grpc.stream.RateLimitedLog;
import io.github.camellva.grpc.stream.Received;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import org.slf4j.LoggerFactory;

/** Makes every call a session, as many as there is room for. */
final class SessionCallHandler implements ServerCallHandler<Received, MediaStreamMessage> {

    private static final RateLimitedLog LOG = new RateLimitedLog(LoggerFactory.getLogger(SessionCallHandler.class));
    /** The published nodes send their descriptor at once. */
    private static final long HANDSHAKE_TIMEOUT_SECONDS = 30;

    private final SessionSettings settings;
    private final int maxSessions;
    private final FrameHandler handler;
    private final FrameExecutor executor;
    private final ScheduledExecutorService timer;

    private final Set<ExtensionSession> sessions = ConcurrentHashMap.newKeySet();
    /** Is notified whenever a session has ended. */
    private final Object ended = new Object();
    private final AtomicInteger places = new AtomicInteger();
    /** What new calls are turned away with; null when they are welcome. */
    private volatile Status closedToNewSessions;

    SessionCallHandler(
                       SessionSettings settings, int maxSessions, FrameHandler handler, FrameExecutor executor,
                       ScheduledExecutorService timer) {
        this.settings = settings;
        this.maxSessions = maxSessions;
        this.handler = handler;
        this.executor = executor;
        this.timer = timer;
    }

    @Override
    public ServerCall.Listener<Received> startCall(ServerCall<Received, MediaStreamMessage> call, Metadata headers) {
        Status closed = closedToNewSessions;
        if (closed != null) {
            return refuse(call, closed);
        }
        if (places.incrementAndGet() > maxSessions) {
            places.decrementAndGet();
            return refuse(call, Status.RESOURCE_EXHAUSTED.withDescription(
                    "the extension serves at most " + maxSessions + " sessions at once, and has as many; try again later"
                                                                          + " or raise its maxSessions"));
        }
        SessionListener listener = new SessionListener(call, new Peer(remoteAddress(call), TraceContext.of(headers)));
        sessions.add(listener.session);
        listener.session.start();
        // whoever closed meanwhile may not have seen this one
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

    /** Whether there is no session any more, waiting for that as long as given. */
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
        LOG.warn("A session from {} was refused: {}", remoteAddress(call), status.getDescription());
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {
        };
    }

    private static String remoteAddress(ServerCall<?, ?> call) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        // a socket address prints as host/address:port, where the host is most often empty
        return String.valueOf(address).replaceFirst("^[^/]*/", "");
    }

    /** One call's events, handed to its session. */
    private final class SessionListener extends ServerCall.Listener<Received> {

        private final ExtensionSession session;
        private final Future<?> handshakeTimeout;

        SessionListener(ServerCall<Received, MediaStreamMessage> call, Peer peer) {
            session = new ExtensionSession(
                    peer, settings, handler, executor, new CallLine(call), this::onClosed);
            handshakeTimeout = timer.schedule(session::onHandshakeTimeout, HANDSHAKE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void onMessage(Received message) {
            handshakeTimeout.cancel(false);
            session.onMessage(message);
        }

        @Override
        public void onHalfClose() {
            session.onHalfClose();
        }

        @Override
        public void onCancel() {
            session.onCancel();
        }

        @Override
        public void onReady() {
            session.onReady();
        }

        private void onClosed() {
            handshakeTimeout.cancel(false);
            places.decrementAndGet();
            synchronized (ended) {
                sessions.remove(session);
                ended.notifyAll();
            }
        }
    }

    /** A session's way out through gRPC. */
    private static final class CallLine implements ExtensionSession.Line {

        private final ServerCall<Received, MediaStreamMessage> call;
        private boolean headersSent;

        CallLine(ServerCall<Received, MediaStreamMessage> call) {
            this.call = call;
        }

        @Override
        public void send(MediaStreamMessage message) {
            if (!headersSent) {
                headersSent = true;
                call.sendHeaders(new Metadata());
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
