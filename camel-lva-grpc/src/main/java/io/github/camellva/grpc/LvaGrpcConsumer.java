package io.github.camellva.grpc;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.camellva.grpc.server.ExtensionServer;
import io.github.camellva.grpc.server.ServerLimits;
import io.github.camellva.grpc.server.ServerSettings;
import io.github.camellva.grpc.stream.ExtensionSession;
import io.github.camellva.grpc.stream.PipelineCounts;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.grpc.stream.SessionEnvironment;
import io.github.camellva.grpc.stream.SessionReport;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.grpc.Status;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves nodes: an extension that listens while its route runs. */
@ManagedResource(description = "Managed LvaGrpcConsumer")
public class LvaGrpcConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(LvaGrpcConsumer.class);

    /** Short, since Camel has waited for frames in flight before it stops a consumer; those that are left are stuck. */
    private static final Duration LAST_DRAIN = Duration.ofSeconds(2);
    /** How often what failed for want of memory is tried again. */
    private static final Duration SECOND_TRY_INTERVAL = Duration.ofSeconds(1);

    private final LvaGrpcConfiguration configuration;
    private final SessionSettings sessionSettings;
    private final ServerLimits limits;
    private RouteThreads routeThreads;
    private final StopNotice stopNotice = new StopNotice();
    private HealthCheck healthCheck;
    private volatile FrameExchanges exchanges;
    private volatile RecentFrames recentFrames;
    private volatile ExtensionServer server;

    LvaGrpcConsumer(LvaGrpcEndpoint endpoint, Processor processor, SessionSettings sessionSettings) {
        super(endpoint, processor);
        this.configuration = endpoint.getConfiguration();
        this.sessionSettings = sessionSettings;
        this.limits = ConsumerOptions.serverLimits(configuration);
    }

    @Override
    public LvaGrpcEndpoint getEndpoint() {
        return (LvaGrpcEndpoint) super.getEndpoint();
    }

    @Override
    public boolean isHostedService() {
        return true;
    }

    /** The port it listens on, also when the URI asks for any free port. */
    @ManagedAttribute(description = "The port it listens on")
    public int getPort() {
        ExtensionServer current = server;
        return current == null ? configuration.getPort() : current.port();
    }

    /** Host and port, which is the real one also when the URI asks for any free port. */
    @ManagedAttribute(description = "Host and port it listens on")
    public String getAddress() {
        return configuration.getHost() + ":" + getPort();
    }

    @ManagedAttribute(description = "Sessions that are open now")
    public int getOpenSessions() {
        return sessions().size();
    }

    @ManagedAttribute(description = "Frames received and not yet answered")
    public long getFramesInFlight() {
        return sessionSettings.meters().sum(PipelineCounts::inFlight);
    }

    @ManagedAttribute(description = "Frames received since the route was created")
    public long getFrames() {
        return sessionSettings.meters().sum(PipelineCounts::samples);
    }

    @ManagedAttribute(description = "Bytes of the pictures of all frames")
    public long getBytes() {
        return sessionSettings.meters().sum(PipelineCounts::bytes);
    }

    @ManagedAttribute(description = "Frames that were looked at, whatever was found")
    public long getFramesAnswered() {
        return sessionSettings.meters().sum(counts -> counts.ended(SampleOutcome.ANSWERED));
    }

    @ManagedAttribute(description = "Frames acknowledged without being processed")
    public long getFramesSkipped() {
        return sessionSettings.meters().sum(counts -> counts.ended(SampleOutcome.SKIPPED));
    }

    @ManagedAttribute(description = "Frames whose processing failed")
    public long getFramesFailed() {
        return sessionSettings.meters().sum(counts -> counts.ended(SampleOutcome.FAILED));
    }

    @ManagedOperation(description = "Identifies each open session: its number, graph and peer")
    public List<String> listSessions() {
        return sessions().stream().map(ExtensionSession::toString).toList();
    }

    /** @return whether there is such a session */
    @ManagedOperation(description = "Answers the frames that a session has in flight and ends it; its node may open another")
    public boolean closeSession(String sessionId) {
        List<ExtensionSession> found = sessions().stream().filter(session -> session.id().equals(sessionId)).toList();
        found.forEach(session -> session.stop(Status.UNAVAILABLE.withDescription("the extension's operator closed the session")));
        return !found.isEmpty();
    }

    /** What operators may want to know about the open sessions. */
    List<SessionReport> sessionReports() {
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

    /** Camel also starts what is suspended, when a stop was given up: then it goes on with the server that it has. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (server != null) {
            server.resume();
            return;
        }
        if (configuration.getPort() != 0) {
            getEndpoint().getComponent().claim(configuration.address(), this);
        }
        try {
            startServer();
        } catch (Throwable e) {
            stopServer();
            throw e;
        }
        if (getRoute() != null) {
            getRoute().addService(stopNotice);
        }
        offerHealthCheck();
        LOG.info("Route {} serves nodes on {}:{}", getRouteId(), configuration.getHost(), getPort());
    }

    @Override
    protected void doSuspend() throws Exception {
        if (server != null) {
            server.suspend();
        }
    }

    @Override
    protected void doResume() throws Exception {
        doStart();
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

    /** Frames taken for the route that may not be exchanges yet, or exchanges answered but not yet done. */
    @Override
    public int getPendingExchangesSize() {
        int frames = sessions().stream().mapToInt(ExtensionSession::inRoute).sum();
        FrameExchanges current = exchanges;
        return Math.max(frames, current == null ? 0 : current.pending());
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Camel tells a consumer when its frames are done: too late, see StopNotice
    }

    /**
     * Is told when Camel has suspended the consumers of what stops, and before it waits for their exchanges. A sender in the same
     * context would never get the answers that it waits for, were its sessions not ended then.
     */
    private final class StopNotice extends ServiceSupport implements ShutdownPrepared {

        @Override
        public void prepareShutdown(boolean suspendOnly, boolean forced) {
            ExtensionServer current = server;
            if (!suspendOnly && current != null) {
                current.drain();
            }
        }
    }

    /** What is wrong with the last frames in the route; empty when nothing is. */
    Optional<String> complaint() {
        RecentFrames current = recentFrames;
        return current == null ? Optional.empty() : current.complaint();
    }

    private List<ExtensionSession> sessions() {
        ExtensionServer current = server;
        return current == null ? List.of() : current.sessions();
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
        RateLimitedLog log = new RateLimitedLog(LOG, routeThreads.time());
        recentFrames = RecentFrames.of(configuration);
        exchanges = new FrameExchanges(
                this, recentFrames, new InferenceCheck(Options.invalidInferences(configuration), log), observers(context), log,
                FailureLog.isKeptByErrorHandler(context, getRoute()));
        Exposure.warn(getRouteId(), configuration, LOG);
        ServerSettings settings = new ServerSettings(
                new InetSocketAddress(configuration.getHost(), configuration.getPort()),
                TlsResources.forServer(context, configuration), Options.credentials(configuration), limits);
        // frames that fail must not silence the line that says how many did
        RateLimitedLog sessionLog = new RateLimitedLog(LOG, routeThreads.time());
        SessionEnvironment environment = new SessionEnvironment(
                exchanges, routeThreads.executor(configuration.isNonBlocking(), () -> "Route " + getRouteId(), log),
                routeThreads, routeThreads.time(), sessionLog);
        server = new ExtensionServer(settings, sessionSettings, environment, new SecureRandom());
        server.start();
        routeThreads.every(SECOND_TRY_INTERVAL, environment.secondTries()::run);
    }

    private static FrameObservers observers(CamelContext context) {
        FrameObservers observers = FrameObservers.of(context);
        observers.addAllIn(context);
        return observers;
    }

    /** Each in the {@code finally} of the one before, so that the next start finds nothing that is left. */
    private void stopServer() {
        ExtensionServer stopping = server;
        RouteThreads closing = routeThreads;
        try {
            if (stopping != null) {
                stopping.stop(LAST_DRAIN);
            }
        } finally {
            server = null;
            routeThreads = null;
            getEndpoint().getComponent().unclaim(configuration.address(), this);
            if (closing != null) {
                closing.close();
            }
        }
    }
}
