package io.github.camellva.grpc;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.client.NodeConnection;
import io.github.camellva.grpc.client.SessionPool;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.DataTransfer;
import io.github.camellva.grpc.stream.Descriptions;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.PipelineCounts;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.grpc.stream.SessionReport;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Metadata;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
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

    /** Beyond the time for the answer, which the session sees to itself. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(5);
    private static final Duration LOOK_FOR_LOST = Duration.ofSeconds(1);

    private final LvaGrpcConfiguration configuration;
    private final ProducerOptions options;
    private final OutgoingFrames frames;
    private final Sampling sampling;
    private RouteThreads routeThreads;
    private RateLimitedLog log;
    private NodeConnection connection;
    private volatile SessionPool sessions;
    private volatile RecentFrames recentFrames;
    private RoomWaits roomWaits;
    private FrameSender sender;
    private FrameAnswers answers;
    private LvaGrpcProducerHealthCheck healthCheck;
    /** Null when it belongs to no route, such as that of a template. */
    private String routeId;

    LvaGrpcProducer(LvaGrpcEndpoint endpoint, ProducerOptions options) {
        super(endpoint);
        this.configuration = endpoint.getConfiguration();
        this.options = options;
        this.frames = new OutgoingFrames(configuration, options, problem -> log.warn("{}: {}", getEndpoint(), problem));
        this.sampling = new Sampling(configuration, frames);
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
    List<SessionReport> sessionReports() {
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
        OutgoingFrame frame;
        CompletableFuture<MediaStreamMessage> answer;
        try {
            frame = sampling.leavesOut(exchange.getMessage()) ? null : frames.of(exchange.getMessage());
            answer = frame == null ? null : sender.send(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answers.fail(exchange, e, callback);
        } catch (Throwable e) {
            return answers.fail(exchange, e, callback);
        }
        return frame == null ? FrameAnswers.leaveOut(exchange, callback) : answers.await(answer, exchange, frame, callback);
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
        recentFrames = RecentFrames.of(configuration);
        sessions = new SessionPool(
                (descriptor, memory) -> connection.open(
                        descriptor, memory, configuration.getMaxInFlight(), options.responseTimeout(), routeThreads::defer),
                options.pool(), routeThreads.time(), random, log, routeThreads);
        routeThreads.every(options.pool().idleTimeout().dividedBy(2).plusMillis(1), sessions::finishIdle);
        FrameExecutor executor = routeThreads.executor(
                configuration.isNonBlocking(), () -> "A route that sends to " + getEndpoint(), log);
        roomWaits = new RoomWaits(options.responseTimeout(), routeThreads.time());
        sender = new FrameSender(sessions, options, routeThreads.time(), roomWaits, executor::mayHoldUpCaller);
        answers = new FrameAnswers(
                configuration.address(), frames, new InferenceCheck(options.invalidInferences(), log), recentFrames, view(context),
                options.onNotProcessed() == ProducerOptions.OnNotProcessed.FAIL, executor, routeThreads.time(),
                options.responseTimeout().plus(LOST_AFTER));
        routeThreads.every(LOOK_FOR_LOST, answers::endLost);
        getEndpoint().getComponent().started(this);
        offerHealthCheck(context);
    }

    private SentFrameView view(CamelContext context) {
        FrameObservers observers = FrameObservers.of(context);
        observers.addAllIn(context);
        return new SentFrameView(
                observers, configuration.address(), options.pool().memory() == null ? DataTransfer.EMBEDDED : DataTransfer.SHARED_MEMORY,
                log);
    }

    /** Each in the {@code finally} of the one before: nothing is left of a producer that stopped for want of memory. */
    @Override
    protected void doStop() throws Exception {
        getEndpoint().getComponent().stopped(this);
        withdrawHealthCheck(getEndpoint().getCamelContext());
        try {
            if (sessions != null) {
                finishSessions(sessions);
            }
        } finally {
            sessions = null;
            closeConnection();
        }
        super.doStop();
    }

    private void closeConnection() {
        NodeConnection closing = connection;
        connection = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } finally {
            endExchanges();
        }
    }

    /** Those that are left will hear nothing any more. */
    private void endExchanges() {
        RouteThreads closing = routeThreads;
        routeThreads = null;
        try {
            if (answers != null) {
                answers.endAll();
            }
        } finally {
            if (closing != null) {
                closing.close();
            }
        }
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
