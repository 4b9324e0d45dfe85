package io.github.camellva.grpc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.server.ExtensionServer;
import io.github.camellva.grpc.server.ServerSettings;
import io.github.camellva.grpc.stream.ExtensionSession;
import io.github.camellva.grpc.stream.Frame;
import io.github.camellva.grpc.stream.FrameHandler;
import io.github.camellva.grpc.stream.PipelineCounts;
import io.github.camellva.grpc.stream.RateLimitedLog;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.grpc.stream.SessionReport;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.proto.Inference;
import io.grpc.Status;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves nodes: every frame of every session becomes an exchange of the route, and what the route ends with its answer. */
@ManagedResource(description = "Managed LvaGrpcConsumer")
public class LvaGrpcConsumer extends DefaultConsumer implements FrameHandler, HealthCheckAware, Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(LvaGrpcConsumer.class);
    private static final RateLimitedLog FRAME_LOG = new RateLimitedLog(LOG);

    /** Camel has waited for what is in flight before it stops a consumer; what is left then is stuck. */
    private static final Duration LAST_DRAIN = Duration.ofSeconds(2);

    private final LvaGrpcConfiguration configuration;
    private final SessionSettings sessionSettings;
    private RouteThreads routeThreads;
    private ScheduledExecutorService timer;
    private HealthCheck healthCheck;
    private volatile ExtensionServer server;
    /** Exchanges that are not released, some of which may be answered. */
    private final AtomicInteger exchanges = new AtomicInteger();

    LvaGrpcConsumer(LvaGrpcEndpoint endpoint, Processor processor, SessionSettings sessionSettings) {
        super(endpoint, processor);
        this.configuration = endpoint.getConfiguration();
        this.sessionSettings = sessionSettings;
    }

    @Override
    public LvaGrpcEndpoint getEndpoint() {
        return (LvaGrpcEndpoint) super.getEndpoint();
    }

    @Override
    public boolean isHostedService() {
        return true;
    }

    /** The port that is listened on, also when the URI asked for any that is free. */
    @ManagedAttribute(description = "The port that is listened on")
    public int getPort() {
        ExtensionServer current = server;
        return current == null ? configuration.getPort() : current.port();
    }

    @ManagedAttribute(description = "Sessions that are open now")
    public int getOpenSessions() {
        return sessions().size();
    }

    @ManagedAttribute(description = "Frames that came and are not answered")
    public long getFramesInFlight() {
        return sum(PipelineCounts::inFlight);
    }

    @ManagedAttribute(description = "Frames that came since the route was made")
    public long getFrames() {
        return sum(PipelineCounts::samples);
    }

    @ManagedAttribute(description = "Bytes of the pictures of all frames")
    public long getBytes() {
        return sum(PipelineCounts::bytes);
    }

    @ManagedAttribute(description = "Frames that were acknowledged without being looked at")
    public long getFramesSkipped() {
        return sum(counts -> counts.ended(SampleOutcome.SKIPPED));
    }

    @ManagedAttribute(description = "Frames whose processing failed")
    public long getFramesFailed() {
        return sum(counts -> counts.ended(SampleOutcome.FAILED));
    }

    @ManagedOperation(description = "Identifies each open session: its number, graph and peer")
    public List<String> listSessions() {
        return sessions().stream().map(ExtensionSession::toString).toList();
    }

    /** @return whether there is such a session */
    @ManagedOperation(description = "Answers what a session has in flight and ends it; its node may open another")
    public boolean closeSession(String sessionId) {
        List<ExtensionSession> found = sessions().stream().filter(session -> session.id().equals(sessionId)).toList();
        found.forEach(session -> session.stop(Status.UNAVAILABLE.withDescription("the extension's operator closed the session")));
        return !found.isEmpty();
    }

    /** What operators may want to know of the sessions that are open now. */
    public List<SessionReport> sessionReports() {
        return sessions().stream().map(ExtensionSession::report).flatMap(Optional::stream).toList();
    }

    @Override
    public void setHealthCheck(HealthCheck healthCheck) {
        this.healthCheck = healthCheck;
    }

    @Override
    public HealthCheck getHealthCheck() {
        return healthCheck;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (configuration.getPort() != 0) {
            getEndpoint().getComponent().claim(configuration.address(), this);
        }
        try {
            startServer();
        } catch (Exception e) {
            stopServer();
            throw e;
        }
        offerHealthCheck();
        LOG.info("Route {} serves nodes on {}:{}", getRouteId(), configuration.getHost(), getPort());
    }

    @Override
    protected void doSuspend() throws Exception {
        server.suspend();
    }

    @Override
    protected void doResume() throws Exception {
        server.resume();
    }

    @Override
    protected void doStop() throws Exception {
        stopServer();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        sessionSettings.meters().close();
        super.doShutdown();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /** Frames that were taken for the route and may not be exchanges yet, or exchanges that are answered and not yet done. */
    @Override
    public int getPendingExchangesSize() {
        int frames = sessions().stream().mapToInt(ExtensionSession::inRoute).sum();
        return Math.max(frames, exchanges.get());
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // suspending is all there is to prepare
    }

    @Override
    public void onFrame(Frame frame, Completion completion) {
        exchanges.incrementAndGet();
        Exchange exchange = createExchange(false);
        ByteBuffer content;
        try {
            content = frame.content();
            FrameExchanges.fill(exchange, frame, content);
            createUoW(exchange);
        } catch (Exception e) {
            onUnusable(exchange, frame, completion, e);
            return;
        }
        getAsyncProcessor().process(exchange, doneSync -> onRouted(exchange, frame, content, completion));
    }

    private void onRouted(Exchange exchange, Frame frame, ByteBuffer content, Completion completion) {
        try {
            answer(exchange, frame, content, completion);
        } finally {
            doneUoW(exchange);
            release(exchange, frame);
        }
    }

    private void answer(Exchange exchange, Frame frame, ByteBuffer content, Completion completion) {
        List<Inference> inferences = List.of();
        if (exchange.getException() == null) {
            try {
                inferences = FrameExchanges.answerOf(exchange.getMessage(), content);
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
        }
        Exception failure = exchange.getException();
        if (failure == null) {
            completion.answer(inferences);
            return;
        }
        // the route's error handler has reported what it gave up on
        if (!exchange.getExchangeExtension().isRedeliveryExhausted()) {
            FRAME_LOG.warn("Route {} failed for sample {} of {}: {}", getRouteId(), frame.sequenceNumber(), frame.session(),
                    failure.toString());
        }
        completion.fail(failure);
    }

    /** The frame never got into the route. */
    private void onUnusable(Exchange exchange, Frame frame, Completion completion, Exception cause) {
        try {
            // a node can cause this with every frame, and the default handler would log a stack trace each time
            if (cause instanceof FrameException && getExceptionHandler() instanceof LoggingExceptionHandler) {
                FRAME_LOG.warn("Sample {} of {} cannot be used: {}", frame.sequenceNumber(), frame.session(), cause.getMessage());
            } else {
                FrameExchanges.fill(exchange, frame, null);
                handleException("Sample " + frame.sequenceNumber() + " of " + frame.session() + " cannot be used", exchange, cause);
            }
        } finally {
            completion.fail(cause);
            release(exchange, frame);
        }
    }

    private void release(Exchange exchange, Frame frame) {
        releaseExchange(exchange, false);
        frame.release();
        exchanges.decrementAndGet();
    }

    private List<ExtensionSession> sessions() {
        ExtensionServer current = server;
        return current == null ? List.of() : current.sessions();
    }

    private long sum(ToLongFunction<PipelineCounts> count) {
        return sessionSettings.meters().counts().stream().mapToLong(count).sum();
    }

    private void offerHealthCheck() {
        CamelContext context = getEndpoint().getCamelContext();
        if (HealthCheckHelper.getHealthCheckRepository(context, "consumers", HealthCheckRepository.class) != null) {
            LvaGrpcConsumerHealthCheck check = new LvaGrpcConsumerHealthCheck(this);
            check.setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
            setHealthCheck(check);
        }
    }

    private void startServer() throws Exception {
        CamelContext context = getEndpoint().getCamelContext();
        String name = "LvaGrpc[" + configuration.address() + "]";
        routeThreads = new RouteThreads(context, this, name, configuration.getPoolSize());
        timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, name + "Handshakes");
        ServerSettings settings = new ServerSettings(
                new InetSocketAddress(configuration.getHost(), configuration.getPort()),
                TlsResources.forServer(context, configuration), Options.credentials(configuration), configuration.getMaxSessions());
        server = new ExtensionServer(settings, sessionSettings, this, routeThreads, timer);
        server.start();
    }

    private void stopServer() {
        if (server != null) {
            server.stop(LAST_DRAIN);
            server = null;
        }
        CamelContext context = getEndpoint().getCamelContext();
        if (timer != null) {
            context.getExecutorServiceManager().shutdownNow(timer);
            timer = null;
        }
        if (routeThreads != null) {
            routeThreads.close();
            routeThreads = null;
        }
        getEndpoint().getComponent().unclaim(configuration.address(), this);
    }
}
