package io.github.camellva.view;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.AnsweredFrame;
import io.github.camellva.grpc.FrameObserver;
import io.github.camellva.grpc.FrameObservers;
import io.github.camellva.grpc.stream.Failures;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.SystemTime;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest frame of each camera that somebody watches. Threads of routes copy a frame, and that is all; one thread of the view
 * encodes what they left. A frame that is not encoded when the next one comes is never shown.
 */
final class LiveView implements FrameObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);

    private static final long IDLE_SECONDS = 10;
    /** In which a viewer asks again. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final LvaViewEndpoint endpoint;
    private final CamelContext context;
    private final ByteLimit limit;
    private final Cameras cameras;
    private final FrameEncoder encoder;
    private final Viewers viewers;
    private final ExecutorService encoding;
    private final ExecutorService answering;
    private final ScheduledExecutorService timer;
    private final RateLimitedLog log;
    /** Camel waits for requests under way before it stops what they wait for. */
    private final LifecycleStrategy stopNotice = new LifecycleStrategySupport() {
        @Override
        public void onContextStopping(CamelContext stopping) {
            endWaiting();
        }
    };
    private volatile long watchedUntilNanos = System.nanoTime();

    LiveView(LvaViewEndpoint endpoint) {
        this.endpoint = endpoint;
        this.context = endpoint.getCamelContext();
        this.limit = new ByteLimit(endpoint.getMaxBytes());
        this.cameras = new Cameras(endpoint, limit);
        this.encoder = new FrameEncoder(endpoint.getMaxWidth(), endpoint.getJpegQuality());
        String name = "LvaView[" + endpoint.getName() + "]";
        this.encoding = context.getExecutorServiceManager().newSingleThreadExecutor(this, name);
        this.timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, name + "Timer");
        this.answering = context.getExecutorServiceManager().newThreadPool(
                this, name + "Answers", answeringProfile(endpoint.getMaxViewers()));
        this.viewers = new Viewers(endpoint, limit, answering, System::nanoTime);
        this.log = new RateLimitedLog(LOG, new SystemTime(timer));
    }

    void start() {
        timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        context.addLifecycleStrategy(stopNotice);
        FrameObservers.of(context).add(this);
    }

    /** Everybody who waits is answered. */
    @Override
    public void close() {
        FrameObservers.of(context).remove(this);
        context.getLifecycleStrategies().remove(stopNotice);
        try {
            context.getExecutorServiceManager().shutdownNow(timer);
            context.getExecutorServiceManager().shutdownNow(encoding);
        } finally {
            viewers.endWaiting();
            context.getExecutorServiceManager().shutdown(answering);
        }
    }

    Cameras cameras() {
        return cameras;
    }

    /** From now on no request waits for a frame. */
    void endWaiting() {
        viewers.endWaiting();
    }

    /** Requests that wait for a frame. */
    int waiting() {
        return viewers.waiting();
    }

    /** Bytes of pictures that are held, or on their way to viewers. */
    long bytesHeld() {
        return limit.held();
    }

    /** Answers a request for what a viewer has not yet seen: at once if there is anything, else later. */
    boolean poll(Exchange exchange, Map<Camera, Long> seen, AsyncCallback callback) {
        long until = System.nanoTime() + endpoint.longestWait().plus(MOMENT).toNanos();
        if (!seen.isEmpty()) {
            watchedUntilNanos = until;
        }
        seen.keySet().forEach(camera -> camera.watchUntil(until));
        return viewers.poll(exchange, new LinkedHashMap<>(seen), callback);
    }

    @Override
    public boolean isInterested(String graphInstanceName) {
        return watchedUntilNanos - System.nanoTime() > 0;
    }

    @Override
    public void onAnswer(AnsweredFrame frame) {
        Camera camera = cameras.find(CameraKey.of(frame));
        if (camera == null || !camera.isWatched() || !camera.takesFrame()) {
            return;
        }
        ByteBuffer picture = frame.picture();
        int bytes = picture == null ? 0 : picture.remaining();
        if (!limit.take(bytes)) {
            log.warn("{} does not show a frame of {} bytes: {} of {} bytes are in use; raise maxBytes or show fewer cameras",
                    endpoint, bytes, limit.held(), limit.most());
            return;
        }
        keep(camera, frame, picture, bytes);
    }

    private void keep(Camera camera, AnsweredFrame frame, ByteBuffer picture, int bytes) {
        Snapshot snapshot;
        try {
            snapshot = Snapshot.of(frame, picture);
        } catch (Throwable e) {
            limit.release(bytes);
            throw e;
        }
        if (camera.offer(snapshot)) {
            try {
                encoding.execute(() -> show(camera));
            } catch (RejectedExecutionException e) {
                LOG.debug("{} has been stopped", endpoint);
            }
        }
    }

    private void show(Camera camera) {
        Snapshot snapshot = camera.takeWaiting();
        if (snapshot == null) {
            return;
        }
        try {
            ShownFrame frame = encoder.encode(camera.id(), camera.nextNumber(), snapshot);
            if (limit.take(frame.bytes())) {
                camera.show(frame);
                viewers.deliver();
            }
        } catch (Throwable e) {
            log.warn("{} cannot show a frame of graph '{}': {}", endpoint, Printable.of(camera.key().graph()), Failures.describe(e));
        } finally {
            limit.release(snapshot.bytes());
        }
    }

    private void tick() {
        try {
            viewers.answerOverdue(endpoint.longestWait());
            cameras.all().stream().filter(camera -> !camera.isWatched()).forEach(camera -> camera.show(null));
        } catch (Throwable e) {
            log.warn("{}: {}", endpoint, Failures.describe(e));
        }
    }

    /** Idle threads end. A slow viewer may hold one of them, and no other thread. */
    private static ThreadPoolProfile answeringProfile(int most) {
        ThreadPoolProfile profile = new ThreadPoolProfile("lvaview");
        profile.setPoolSize(1);
        // twice the limit: a finished worker may not have returned to the pool yet
        profile.setMaxPoolSize(2 * most);
        profile.setMaxQueueSize(0);
        profile.setKeepAliveTime(IDLE_SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }
}
