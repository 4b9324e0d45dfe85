package io.github.camellva.grpc;

import java.net.ConnectException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.client.NodeConnection;
import io.github.camellva.grpc.client.SessionPool;
import io.github.camellva.grpc.inference.InvalidInferenceException;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.DataTransfer;
import io.github.camellva.grpc.stream.Descriptions;
import io.github.camellva.grpc.stream.FinishingException;
import io.github.camellva.grpc.stream.NoRoomException;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.PipelineCounts;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.grpc.stream.SessionReport;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Metadata;
import io.grpc.Status;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends frames to an extension as a node does: the body becomes a sample, and the inferences in its answer become the body. */
@ManagedResource(description = "Managed LvaGrpcProducer")
public class LvaGrpcProducer extends DefaultAsyncProducer implements RouteIdAware {

    private static final Logger LOG = LoggerFactory.getLogger(LvaGrpcProducer.class);

    private final LvaGrpcConfiguration configuration;
    private final ProducerOptions options;
    private final OutgoingFrames frames;
    private final Sampling sampling;
    private final RoomWaits roomWaits;
    private RouteThreads routeThreads;
    private RateLimitedLog log;
    private NodeConnection connection;
    private volatile SessionPool sessions;
    private volatile RecentFrames recentFrames;
    private InferenceCheck check;
    private FrameObservers observers;
    private LvaGrpcProducerHealthCheck healthCheck;
    /** Null when it belongs to no route, such as that of a template. */
    private String routeId;

    LvaGrpcProducer(LvaGrpcEndpoint endpoint, ProducerOptions options) {
        super(endpoint);
        this.configuration = endpoint.getConfiguration();
        this.options = options;
        this.frames = new OutgoingFrames(configuration, options, problem -> log.warn("{}: {}", getEndpoint(), problem));
        this.sampling = new Sampling(configuration, frames);
        this.roomWaits = new RoomWaits(options.responseTimeout());
    }

    @Override
    public LvaGrpcEndpoint getEndpoint() {
        return (LvaGrpcEndpoint) super.getEndpoint();
    }

    @Override
    public String getRouteId() {
        return routeId;
    }

    @Override
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    @ManagedAttribute(description = "Sessions that are open now")
    public int getOpenSessions() {
        return openSessions().size();
    }

    @ManagedAttribute(description = "Frames that were sent to this address")
    public long getFrames() {
        return meters().sum(PipelineCounts::samples);
    }

    @ManagedAttribute(description = "Frames that the extension has looked at, whatever it found")
    public long getFramesAnswered() {
        return meters().sum(counts -> counts.ended(SampleOutcome.ANSWERED));
    }

    @ManagedAttribute(description = "Frames that the extension acknowledged alone, since they failed or were skipped there")
    public long getFramesNotProcessed() {
        return meters().sum(counts -> counts.ended(SampleOutcome.NOT_PROCESSED));
    }

    @ManagedAttribute(description = "Frames that got no answer")
    public long getFramesFailed() {
        return meters().sum(counts -> counts.ended(SampleOutcome.FAILED));
    }

    @ManagedOperation(description = "Identifies each open session: its number and graph")
    public List<String> listSessions() {
        return openSessions().stream().map(NodeSession::toString).toList();
    }

    /** @return whether there is such a session */
    @ManagedOperation(description = "Ends a session when its frames are answered; the next frame opens another")
    public boolean closeSession(String sessionId) {
        SessionPool current = sessions;
        return current != null && current.finish(sessionId);
    }

    /** What operators may want to know about the open sessions. */
    public List<SessionReport> sessionReports() {
        return openSessions().stream().map(session -> session.report(configuration.address())).toList();
    }

    /** Why the extension cannot be used; empty while it can, and before the first try. */
    Optional<String> failure() {
        SessionPool current = sessions;
        return current == null
                ? Optional.of("the producer has stopped")
                : current.failure().map(Descriptions::of);
    }

    /** What is wrong with the last answers; empty when nothing is. */
    Optional<String> complaint() {
        RecentFrames current = recentFrames;
        return current == null ? Optional.empty() : current.complaint();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<MediaStreamMessage> answer;
        OutgoingFrame frame;
        long begunNanos = System.nanoTime();
        try {
            if (sampling.leavesOut(exchange.getMessage())) {
                setBody(exchange.getMessage(), List.of());
                exchange.getMessage().setHeader(LvaGrpcConstants.SAMPLED_OUT, true);
                callback.done(true);
                return true;
            }
            frame = frames.of(exchange.getMessage());
            answer = send(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(exchange, e, callback);
        } catch (Exception e) {
            return fail(exchange, failure(exchange, e), callback);
        } catch (Throwable e) {
            // not even an Error may leave the exchange undone
            return fail(exchange, e, callback);
        }
        answer.whenComplete((reply, failure) -> onRouteThread(() -> complete(exchange, frame, reply, failure, begunNanos, callback)));
        return false;
    }

    private static boolean fail(Exchange exchange, Throwable failure, AsyncCallback callback) {
        exchange.setException(failure);
        callback.done(true);
        return true;
    }

    /**
     * Camel is about to wait for the exchanges of the route. Sessions are finished now, so that the wait ends within
     * {@code responseTimeout} and extensions that answer late have a reason to answer.
     */
    void prepareStop() {
        SessionPool current = sessions;
        if (current == null) {
            return;
        }
        roomWaits.stop();
        int unanswered = current.sessions().stream().mapToInt(NodeSession::inFlight).sum();
        if (unanswered > 0) {
            LOG.info("{} waits up to {} ms for its extension to answer {} frames", getEndpoint(),
                    options.responseTimeout().toMillis(), unanswered);
        }
        current.finishOpen();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CamelContext context = getEndpoint().getCamelContext();
        if (options.pool().memory() != null) {
            removeStaleMemory();
        }
        Credentials credentials = Options.credentials(configuration);
        SecureRandom random = new SecureRandom();
        routeThreads = new RouteThreads(context, this, "LvaGrpcNode[" + configuration.address() + "]", configuration.getPoolSize());
        log = new RateLimitedLog(LOG, routeThreads.time());
        connection = new NodeConnection(
                configuration.getHost(), configuration.getPort(), TlsResources.forClient(context, configuration),
                credentials == null ? new Metadata() : credentials.toHeaders(),
                meters(), routeThreads.time(), random);
        observers = FrameObservers.of(context);
        observers.addAllIn(context);
        check = new InferenceCheck(options.invalidInferences(), log);
        recentFrames = RecentFrames.of(configuration);
        sessions = new SessionPool(
                (descriptor, memory) -> connection.open(
                        descriptor, memory, configuration.getMaxInFlight(), options.responseTimeout()),
                options.pool(), routeThreads.time(), random, log);
        finishIdleSoon(sessions, routeThreads.time());
        getEndpoint().getComponent().started(this);
        offerHealthCheck(context);
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getComponent().stopped(this);
        withdrawHealthCheck(getEndpoint().getCamelContext());
        if (sessions != null) {
            finishSessions(sessions);
            sessions = null;
        }
        if (connection != null) {
            connection.close();
            connection = null;
        }
        if (routeThreads != null) {
            routeThreads.close();
            routeThreads = null;
        }
        super.doStop();
    }

    private PipelineMeters meters() {
        return getEndpoint().getComponent().producerMeters(configuration.address());
    }

    private List<NodeSession> openSessions() {
        SessionPool current = sessions;
        return current == null ? List.of() : current.sessions();
    }

    private void offerHealthCheck(CamelContext context) {
        WritableHealthCheckRepository repository = healthChecks(context);
        if (repository != null) {
            healthCheck = new LvaGrpcProducerHealthCheck(this);
            healthCheck.setEnabled(getEndpoint().getComponent().isHealthCheckProducerEnabled());
            repository.addHealthCheck(healthCheck);
        }
    }

    private void withdrawHealthCheck(CamelContext context) {
        WritableHealthCheckRepository repository = healthChecks(context);
        if (repository != null && healthCheck != null) {
            repository.removeHealthCheck(healthCheck);
            healthCheck = null;
        }
    }

    private static WritableHealthCheckRepository healthChecks(CamelContext context) {
        return HealthCheckHelper.getHealthCheckRepository(context, "producers", WritableHealthCheckRepository.class);
    }

    private CompletableFuture<MediaStreamMessage> send(OutgoingFrame frame) throws InterruptedException {
        long deadline = System.nanoTime() + options.responseTimeout().toNanos();
        while (true) {
            NodeSession session = sessions.session(frame.descriptor());
            CompletableFuture<MediaStreamMessage> answer = send(frame, session);
            if (!maySendLater(answer)) {
                return answer;
            }
            CompletableFuture<Void> room = session.room();
            // try again, since there may have been room before anybody was asked to say so
            answer = send(frame, session);
            if (!maySendLater(answer) || !roomWaits.await(room, deadline)) {
                return answer;
            }
        }
    }

    private static CompletableFuture<MediaStreamMessage> send(OutgoingFrame frame, NodeSession session) {
        return session.send(frame.timestamp(), frame.content(), frame.upstream());
    }

    /** Whether the sample was not sent and can still be, once there is room or in the next session. */
    private boolean maySendLater(CompletableFuture<MediaStreamMessage> answer) {
        if (!answer.isCompletedExceptionally()) {
            return false;
        }
        Throwable failure = answer.handle((message, cause) -> cause).join();
        return failure instanceof FinishingException
               || failure instanceof NoRoomException && options.whenFull() == ProducerOptions.WhenFull.BLOCK;
    }

    private void finishIdleSoon(SessionPool pool, Time time) {
        time.schedule(options.pool().idleTimeout().dividedBy(2).plusMillis(1), () -> {
            try {
                pool.finishIdle();
            } finally {
                finishIdleSoon(pool, time);
            }
        });
    }

    private void finishSessions(SessionPool pool) {
        try {
            pool.finishAll().get(options.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{}: the extension did not end its sessions within {} ms; they are cancelled", getEndpoint(),
                    options.responseTimeout().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a session is a status, never a failure", e);
        }
    }

    private void complete(
            Exchange exchange, OutgoingFrame frame, MediaStreamMessage reply, Throwable failure, long begunNanos,
            AsyncCallback callback) {
        try {
            show(frame, noteEnd(reply, failure), reply, begunNanos);
            if (failure == null) {
                answer(exchange, frame, reply);
            } else {
                exchange.setException(failure(exchange, failure));
            }
        } catch (InvalidInferenceException e) {
            exchange.setException(failure(exchange, e));
        } catch (Throwable e) {
            exchange.setException(e);
        } finally {
            callback.done(false);
        }
    }

    /** A frame that there was no room for says nothing of the extension. */
    private SampleOutcome noteEnd(MediaStreamMessage reply, Throwable failure) {
        SampleOutcome outcome = failure != null ? SampleOutcome.FAILED
                : reply.hasMediaSample() ? SampleOutcome.ANSWERED : SampleOutcome.NOT_PROCESSED;
        if (!(failure instanceof NoRoomException)) {
            recentFrames.ended(outcome, failure == null ? null : failure.getMessage());
        }
        return outcome;
    }

    /** Before the exchange goes on, since it may be what keeps the picture valid. */
    private void show(OutgoingFrame frame, SampleOutcome outcome, MediaStreamMessage reply, long begunNanos) {
        String graph = frame.descriptor().getGraphIdentifier().getGraphInstanceName();
        if (observers.areInterestedIn(graph, log)) {
            DataTransfer transfer = options.pool().memory() == null ? DataTransfer.EMBEDDED : DataTransfer.SHARED_MEMORY;
            observers.tell(graph, () -> frame.answered(configuration.address(), transfer, outcome, reply, begunNanos), log);
        }
    }

    private void answer(Exchange exchange, OutgoingFrame frame, MediaStreamMessage reply) {
        boolean processed = reply.hasMediaSample();
        Message message = exchange.getMessage();
        check.check(() -> "lvagrpc:" + configuration.address() + ", graph '" + frames.graphInstanceName(message) + "'",
                reply.getMediaSample().getInferencesList());
        // null: a frame that was not processed is not one in which nothing was found
        setBody(message, processed ? frame.toOriginal(reply.getMediaSample().getInferencesList()) : null);
        message.setHeader(LvaGrpcConstants.OUTCOME, (processed ? SampleOutcome.ANSWERED : SampleOutcome.NOT_PROCESSED).label());
        message.setHeader(LvaGrpcConstants.SEQUENCE_NUMBER, reply.getAckSequenceNumber());
        // the frame's own: some extensions answer with none
        message.setHeader(LvaGrpcConstants.TIMESTAMP, frame.timestamp());
        message.setHeader(LvaGrpcConstants.TIMESCALE, frame.descriptor().getMediaDescriptor().getTimescale());
        if (!processed && options.onNotProcessed() == ProducerOptions.OnNotProcessed.FAIL) {
            exchange.setException(failure(exchange, new UnansweredException(
                    "sample " + reply.getAckSequenceNumber() + " was not processed: the extension acknowledged it alone, so it failed or"
                                                                            + " was skipped there; its log says which",
                    Status.ABORTED)));
        }
    }

    private static void setBody(Message message, List<?> inferences) {
        message.setBody(inferences);
        // it described the picture
        message.removeHeader(Exchange.CONTENT_TYPE);
        // from another producer before this one
        message.removeHeader(LvaGrpcConstants.SAMPLED_OUT);
        message.removeHeader(LvaGrpcConstants.OUTCOME);
    }

    private LvaGrpcException failure(Exchange exchange, Throwable cause) {
        String graph = frames.graphInstanceName(exchange.getMessage());
        return new LvaGrpcException(
                (isRefusedConnection(cause) ? "connection refused: nothing listens at " : "") + "lvagrpc:" + configuration.address()
                                    + (graph.isEmpty() ? "" : ", graph '" + graph + "'") + ": " + cause.getMessage() + advice(cause),
                cause);
    }

    private static boolean isRefusedConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException && String.valueOf(cause.getMessage()).contains("refused")) {
                return true;
            }
        }
        return false;
    }

    private static String advice(Throwable failure) {
        return failure instanceof UnansweredException unanswered && unanswered.status().getCode() == Status.Code.UNAUTHENTICATED
                ? "; set the options username and password to what the extension asks for" : "";
    }

    /** The rest of the route must not run on gRPC's threads; with the producer stopped there are no others left. */
    private void onRouteThread(Runnable task) {
        RouteThreads threads = routeThreads;
        try {
            if (threads != null) {
                threads.execute(task);
                return;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The threads of {} have stopped", getEndpoint());
        }
        task.run();
    }

    private void removeStaleMemory() {
        try {
            int removed = SharedMemorySender.removeStale(Path.of(configuration.getSharedMemoryDirectory()));
            if (removed > 0) {
                LOG.info("Removed {} shared memory files that processes left behind in {}", removed,
                        configuration.getSharedMemoryDirectory());
            }
        } catch (Exception e) {
            LOG.warn("Shared memory files that processes left behind in {} cannot be looked for: {}",
                    configuration.getSharedMemoryDirectory(), e.getMessage());
        }
    }
}
