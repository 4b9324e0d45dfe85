package io.github.camellva.onnx.model;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import ai.onnxruntime.OrtException;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.onnx.detect.Findings;
import io.github.camellva.onnx.detect.FramePixels;
import io.github.camellva.onnx.detect.Wanted;
import io.github.camellva.proto.Inference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model under its name, which a newer version of its file can replace while frames are computed. */
public final class LoadedModel {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);
    private static final long SETTLED_NANOS = 500_000_000;

    private final ModelFile file;
    private final ModelSettings settings;
    private final AtomicReference<Model> current = new AtomicReference<>();
    /** Versions of the file: the one that was loaded or refused, and the one that is there since. */
    private Object tried;
    private Object seen;
    private long seenSince;
    /** Why a newer version is not used. */
    private volatile String refusal;

    private LoadedModel(ModelFile file, ModelSettings settings) {
        this.file = file;
        this.settings = settings;
        this.tried = file.version();
    }

    static LoadedModel load(ModelFile file, ModelSettings settings) throws ModelException {
        LoadedModel loaded = new LoadedModel(file, settings);
        loaded.current.set(Model.load(file, settings));
        LOG.info("Loaded {}", loaded);
        return loaded;
    }

    public String name() {
        return file.name();
    }

    /** By the number of the class. */
    public List<String> labels() {
        return current.get().labels().names();
    }

    /** Why the newest version of the file is not used; empty if it is. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The objects in a frame, or its classes, the surest first. */
    public List<Inference> detect(FramePixels frame, Wanted wanted, Findings findings, Consumer<StageTimes> times)
            throws FrameException, OrtException {
        Model model = enter();
        try {
            return model.detect(frame, wanted, findings, times);
        } finally {
            model.leave();
        }
    }

    /**
     * Loads the file anew if it has changed, and does not change any more: one that is being written is left alone. If it
     * cannot be used, the model stays as it is.
     */
    public synchronized void refresh() {
        Object version = file.version();
        if (version == null || version.equals(tried)) {
            return;
        }
        if (!version.equals(seen)) {
            seen = version;
            seenSince = System.nanoTime();
        }
        if (System.nanoTime() - seenSince < SETTLED_NANOS) {
            return;
        }
        tried = version;
        try {
            current.getAndSet(Model.load(file, settings)).leave();
            refusal = null;
            LOG.info("Loaded the changed file: {}", this);
        } catch (ModelException e) {
            refusal = e.getMessage();
            LOG.warn("A changed file is not used, and the model before it stays: {}", refusal);
        }
    }

    synchronized void close() {
        current.get().leave();
    }

    @Override
    public String toString() {
        return current.get().toString();
    }

    /** Whatever replaces a model is there before that is closed. */
    private Model enter() {
        Model model = current.get();
        while (!model.enter()) {
            Model next = current.get();
            if (next == model) {
                throw new IllegalStateException("the model " + name() + " is closed");
            }
            model = next;
        }
        return model;
    }
}
