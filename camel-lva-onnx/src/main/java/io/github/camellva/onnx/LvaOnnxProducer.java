package io.github.camellva.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import ai.onnxruntime.OrtException;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.onnx.detect.FramePixels;
import io.github.camellva.onnx.detect.Wanted;
import io.github.camellva.onnx.model.LoadedModel;
import io.github.camellva.onnx.model.ModelException;
import io.github.camellva.onnx.model.ModelFile;
import io.github.camellva.onnx.model.StageTimes;
import io.github.camellva.proto.Inference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has models look at frames, on threads of its own: as many as frames are computed at once. So no thread of a caller, which may be
 * one that serves a network, waits for a model.
 */
@ManagedResource(description = "Managed LvaOnnxProducer")
public class LvaOnnxProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(LvaOnnxProducer.class);
    private static final int RELOAD_MILLIS = 500;
    private static final int STOP_SECONDS = 30;

    private final DetectionOptions options;
    private final Map<String, DetectionCounts> counts = new ConcurrentHashMap<>();
    private final LongAdder failed = new LongAdder();
    private volatile ModelSet models;
    private volatile ExecutorService threads;
    /** Why a model could not be run, until one can. */
    private volatile String complaint;
    private DetectionMeters meters = DetectionMeters.NONE;
    private ScheduledExecutorService reloading;
    private LvaOnnxProducerHealthCheck healthCheck;

    LvaOnnxProducer(LvaOnnxEndpoint endpoint, DetectionOptions options) {
        super(endpoint);
        this.options = options;
    }

    @Override
    public LvaOnnxEndpoint getEndpoint() {
        return (LvaOnnxEndpoint) super.getEndpoint();
    }

    @ManagedAttribute(description = "The model, or the directory of models")
    public String getModel() {
        return options.model();
    }

    @ManagedAttribute(description = "Names of the models that are loaded, and what they are")
    public String getModels() {
        return String.join("; ", modelReports().stream().map(ModelReport::description).toList());
    }

    @ManagedAttribute(description = "Frames that a model has looked at")
    public long getFramesComputed() {
        return counts.values().stream().mapToLong(DetectionCounts::frames).sum();
    }

    @ManagedAttribute(description = "Objects that were found")
    public long getObjectsFound() {
        return counts.values().stream().mapToLong(DetectionCounts::objects).sum();
    }

    @ManagedAttribute(description = "Frames that no model has looked at, since they or it failed")
    public long getFramesFailed() {
        return failed.sum();
    }

    @ManagedAttribute(description = "Frames that wait for a model")
    public int getFramesWaiting() {
        return threads instanceof ThreadPoolExecutor pool ? pool.getQueue().size() : 0;
    }

    @ManagedAttribute(description = "Median time in which a model has run, of the frames that came last, in microseconds")
    public long getMedianRunMicros() {
        return counts.values().stream().mapToLong(model -> model.medianMicros(StageTimes::running)).max().orElse(0);
    }

    /** What each model did so far, in the order of their names. */
    public List<ModelReport> modelReports() {
        ModelSet current = models;
        return current == null ? List.of() : current.all().stream().map(this::report).toList();
    }

    @ManagedAttribute(description = "Why changed files are not used; empty if they are, or there are none")
    public String getRefusedFiles() {
        ModelSet current = models;
        return current == null ? "" : String.join("; ", current.all().stream().flatMap(model -> model.refusal().stream()).toList());
    }

    /** Why models cannot be run; empty while they can. */
    Optional<String> complaint() {
        return Optional.ofNullable(complaint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (exchange.isTransacted()) {
            // what follows must be on the same thread
            detect(exchange);
            callback.done(true);
            return true;
        }
        ExecutorService current = threads;
        try {
            if (current == null) {
                throw new RejectedExecutionException("it is stopped");
            }
            current.execute(new FrameTask(exchange, callback, this::detect));
            return false;
        } catch (RejectedExecutionException e) {
            failed.increment();
            meters.failed();
            exchange.setException(refused(e));
            callback.done(true);
            return true;
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CamelContext context = getEndpoint().getCamelContext();
        loadModels(context);
        models.all().forEach(model -> counts.computeIfAbsent(model.name(), any -> new DetectionCounts()));
        meters = DetectionMeters.of(context, options.model());
        threads = context.getExecutorServiceManager().newThreadPool(
                this, "LvaOnnx", new ThreadPoolProfileBuilder("LvaOnnx").poolSize(options.parallel())
                        .maxPoolSize(options.parallel()).maxQueueSize(options.maxWaiting())
                        .rejectedPolicy(ThreadPoolRejectedPolicy.Abort).build());
        if (options.reload()) {
            reloading = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "LvaOnnxReload");
            reloading.scheduleWithFixedDelay(this::reload, RELOAD_MILLIS, RELOAD_MILLIS, TimeUnit.MILLISECONDS);
        }
        getEndpoint().getComponent().started(this);
        offerHealthCheck(context);
    }

    private void loadModels(CamelContext context) throws ModelException {
        LvaOnnxComponent component = getEndpoint().getComponent();
        List<ModelFile> files = ModelFile.allOf(options.model(), context.getClassResolver()::loadResourceAsURL);
        ModelSet loaded = ModelSet.load(files, options.settings(), component.models(), component.getMaxModels());
        try {
            loaded.requireClasses(options.wanted().classes());
            models = loaded;
        } finally {
            if (models == null) {
                loaded.close();
            }
        }
    }

    @Override
    protected void doStop() throws Exception {
        CamelContext context = getEndpoint().getCamelContext();
        getEndpoint().getComponent().stopped(this);
        withdrawHealthCheck(context);
        if (reloading != null) {
            context.getExecutorServiceManager().shutdownNow(reloading);
            reloading = null;
        }
        try {
            stopThreads(context);
        } finally {
            if (models != null) {
                models.close();
                models = null;
            }
        }
        super.doStop();
    }

    /** Frames under way are still answered, those that wait fail. */
    private void stopThreads(CamelContext context) throws InterruptedException {
        ExecutorService stopping = threads;
        threads = null;
        if (stopping != null) {
            abandon(context.getExecutorServiceManager().shutdownNow(stopping));
            stopping.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Sets the answer of the exchange, or why there is none. */
    private void detect(Exchange exchange) {
        try {
            answer(exchange);
        } catch (FrameException | IllegalArgumentException e) {
            fail(exchange, e);
        } catch (Throwable e) {
            complaint = "the model cannot be run: " + e;
            fail(exchange, e);
        }
    }

    private void answer(Exchange exchange) throws FrameException, OrtException {
        Message message = exchange.getMessage();
        ModelChoice choice = choice(message);
        ModelSet current = models;
        if (current == null) {
            throw new IllegalArgumentException("it is stopped");
        }
        LoadedModel model = current.get(choice.model());
        Wanted wanted = choice.confidence().map(options.wanted()::withConfidence).orElse(options.wanted());
        FramePixels frame = IncomingFrame.of(message);
        StageTimes[] times = new StageTimes[1];
        List<Inference> found = model.detect(frame, wanted, options.findings(), stages -> times[0] = stages);
        complaint = null;
        counts.get(model.name()).add(times[0], found.size());
        meters.computed(model.name(), times[0], found.size());
        message.setBody(found);
    }

    private ModelChoice choice(Message message) {
        ModelChoice byNode = options.useExtensionConfiguration()
                ? ModelChoice.of(message.getHeader(LvaGrpcConstants.EXTENSION_CONFIGURATION, String.class)) : ModelChoice.NONE;
        String byRoute = message.getHeader(LvaOnnxConstants.MODEL, String.class);
        return byRoute == null ? byNode : new ModelChoice(Optional.of(byRoute), byNode.confidence());
    }

    private void fail(Exchange exchange, Throwable why) {
        failed.increment();
        meters.failed();
        exchange.setException(new LvaOnnxException("lvaonnx:" + options.model() + ": " + why.getMessage(), why));
    }

    private RejectedExecutionException refused(RejectedExecutionException cause) {
        return new RejectedExecutionException(
                "lvaonnx:" + options.model() + ": " + (threads == null
                        ? "it is stopped"
                        : options.maxWaiting() + " frames wait already, which is what maxWaiting allows; send fewer, or compute more at"
                          + " once by parallel"),
                cause);
    }

    private void abandon(List<Runnable> waiting) {
        for (Runnable task : waiting) {
            if (task instanceof FrameTask frame) {
                frame.abandon(new RejectedExecutionException("lvaonnx:" + options.model() + ": it was stopped before the frame's turn"));
            }
        }
    }

    private ModelReport report(LoadedModel model) {
        DetectionCounts count = counts.get(model.name());
        return new ModelReport(
                model.name(), model.toString(), count.frames(), count.objects(), count.medianMicros(StageTimes::drawing),
                count.medianMicros(StageTimes::running), count.medianMicros(StageTimes::reading));
    }

    private void reload() {
        try {
            models.all().forEach(LoadedModel::refresh);
        } catch (RuntimeException | Error e) {
            // what is thrown would end this for ever
            LOG.warn("lvaonnx:{}: changed files could not be looked at: {}", options.model(), e.toString());
        }
    }

    private void offerHealthCheck(CamelContext context) {
        WritableHealthCheckRepository repository = healthChecks(context);
        if (repository != null) {
            healthCheck = new LvaOnnxProducerHealthCheck(this);
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
}
