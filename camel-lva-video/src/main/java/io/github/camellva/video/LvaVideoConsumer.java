package io.github.camellva.video;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.video.ffmpeg.VideoInputs;
import io.github.camellva.video.source.Handover;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.PlaySettings;
import io.github.camellva.video.source.Player;
import io.github.camellva.video.source.PlayerCounts;
import io.github.camellva.video.source.PlayerState;
import io.github.camellva.video.source.PlayerStatus;
import io.github.camellva.video.source.SourceTime;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays a source into its route. */
@ManagedResource(description = "Managed LvaVideoConsumer")
public class LvaVideoConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(LvaVideoConsumer.class);

    /** FFmpeg asks ten times a second whether to go on; what takes longer is the system's resolution of a name. */
    private static final Duration TO_LET_GO = Duration.ofMillis(800);
    private static final int THREADS = 2;

    private final InputSettings input;
    private final PlaySettings settings;
    private final AtEnd atEnd;
    private final PlayerCounts counts = new PlayerCounts();
    private HealthCheck healthCheck;
    private ExecutorService threads;
    private VideoMeters meters;
    private volatile Player player;
    private volatile Handover handover;

    LvaVideoConsumer(LvaVideoEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.input = VideoOptions.input(endpoint.getConfiguration());
        this.settings = VideoOptions.play(endpoint.getConfiguration(), () -> "Route " + getRouteId());
        this.atEnd = VideoOptions.atEnd(endpoint.getConfiguration());
    }

    @Override
    public LvaVideoEndpoint getEndpoint() {
        return (LvaVideoEndpoint) super.getEndpoint();
    }

    @ManagedAttribute(description = "Where frames come from, without credentials")
    public String getSource() {
        return input.address().toString();
    }

    @ManagedAttribute(description = "What the source is doing")
    public String getSourceState() {
        return status().state().toString();
    }

    @ManagedAttribute(description = "Codec, size and rate of the stream")
    public String getStream() {
        return status().description();
    }

    @ManagedAttribute(description = "Why the source does not play; null when it does")
    public String getLastError() {
        return status().error();
    }

    @ManagedAttribute(description = "Frames that came out of the source")
    public long getFramesDecoded() {
        return counts.getDecoded();
    }

    @ManagedAttribute(description = "Frames that the route has completed")
    public long getFramesCompleted() {
        return counts.getCompleted();
    }

    @ManagedAttribute(description = "Frames for which the route has failed")
    public long getFramesFailed() {
        return counts.getFailed();
    }

    @ManagedAttribute(description = "Frames that gave way to fresher ones, since the route was busy")
    public long getFramesSkipped() {
        return counts.getSkipped();
    }

    @ManagedAttribute(description = "Frames that wait for the route or are in it")
    public int getFramesInFlight() {
        Handover current = handover;
        return current == null ? 0 : current.pending();
    }

    @ManagedAttribute(description = "How many times data could not be decoded")
    public long getDecodingErrors() {
        return counts.getDecodingErrors();
    }

    @ManagedAttribute(description = "How many times the source was lost")
    public long getLosses() {
        return counts.getLosses();
    }

    /** What the source is doing, and since when. */
    public PlayerStatus status() {
        Player current = player;
        return current == null ? PlayerStatus.STOPPED : current.status();
    }

    PlayerCounts counts() {
        return counts;
    }

    @Override
    public void setHealthCheck(HealthCheck healthCheck) {
        this.healthCheck = healthCheck;
    }

    @Override
    public HealthCheck getHealthCheck() {
        return healthCheck;
    }

    /** Camel also starts what is suspended, when a stop was given up. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (player != null && !player.isOver()) {
            player.resume();
            return;
        }
        startPlayer();
        try {
            requireBegun();
        } catch (Throwable e) {
            stopPlayer();
            throw e;
        }
        offerHealthCheck();
    }

    @Override
    protected void doSuspend() throws Exception {
        if (player != null) {
            player.suspend();
        }
    }

    @Override
    protected void doResume() throws Exception {
        doStart();
    }

    @Override
    protected void doStop() throws Exception {
        stopPlayer();
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return getFramesInFlight();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Camel has suspended the source, and waits for its frames
    }

    private void startPlayer() {
        CamelContext context = getEndpoint().getCamelContext();
        Handover ownHandover = new Handover(VideoOptions.maxInFlight(getEndpoint().getConfiguration()));
        Player ownPlayer = new Player(
                input.address(), interrupted -> VideoInputs.open(input, interrupted, System::nanoTime), settings, ownHandover, counts,
                SourceTime.SYSTEM, new SecureRandom());
        RouteFeed feed = new RouteFeed(this, ownHandover, counts, new RateLimitedLog(LOG, System::nanoTime));
        handover = ownHandover;
        player = ownPlayer;
        meters = VideoMeters.of(context, this);
        threads = context.getExecutorServiceManager().newFixedThreadPool(this, "LvaVideo[" + input.address() + "]", THREADS);
        threads.execute(feed);
        threads.execute(() -> play(ownPlayer));
    }

    private void play(Player own) {
        own.run();
        PlayerState state = own.status().state();
        if (state == PlayerState.ENDED || state == PlayerState.FAILED) {
            LOG.info("Route {}: {} has {}: {} frames completed, {} failed, {} skipped", getRouteId(), input.address(), state,
                    counts.getCompleted(), counts.getFailed(), counts.getSkipped());
            // this thread is one of those that end when the route stops
            getEndpoint().getCamelContext().getExecutorServiceManager().newThread("LvaVideoAtEnd", this::actAtEnd).start();
        }
    }

    private void actAtEnd() {
        try {
            atEnd.act(getEndpoint().getCamelContext(), getRouteId());
        } catch (Exception e) {
            LOG.warn("Route {}: atEnd={} has failed: {}", getRouteId(), atEnd, e.toString());
        }
    }

    /** What cannot be played is told at once. A camera may still be switched on. */
    private void requireBegun() throws InterruptedException {
        if (input.address().kind().isLive()) {
            return;
        }
        player.awaitBegun(input.connectTimeout());
        Optional<String> failure = player.failure();
        if (failure.isPresent()) {
            throw new RuntimeCamelException("lvavideo: " + failure.get());
        }
    }

    /** Each in the {@code finally} of the one before, so that the next start finds nothing that is left. */
    private void stopPlayer() throws InterruptedException {
        Player stopping = player;
        ExecutorService closing = threads;
        if (stopping == null) {
            return;
        }
        stopping.stop();
        try {
            if (!stopping.awaitOver(TO_LET_GO)) {
                LOG.info("Route {}: {} is still being opened; it is let go when the system returns", getRouteId(), input.address());
            }
        } finally {
            threads = null;
            meters.close();
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(closing);
        }
    }

    private void offerHealthCheck() {
        CamelContext context = getEndpoint().getCamelContext();
        if (HealthCheckHelper.getHealthCheckRepository(context, "consumers", HealthCheckRepository.class) != null) {
            LvaVideoConsumerHealthCheck check = new LvaVideoConsumerHealthCheck(this);
            check.setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
            setHealthCheck(check);
        }
    }
}
