package io.github.camellva.onnx;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camellva.onnx.model.ModelStore;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;

/** ONNX models as steps of Camel routes. */
@Component(LvaOnnxConstants.SCHEME)
public class LvaOnnxComponent extends HealthCheckComponent {

    @Metadata
    private LvaOnnxConfiguration configuration = new LvaOnnxConfiguration();

    @Metadata(label = "advanced", defaultValue = "16")
    private int maxModels = 16;

    private final ModelStore models = new ModelStore();
    private final AtomicInteger producerNumber = new AtomicInteger();
    /** Started producers. */
    private final Set<LvaOnnxProducer> producers = ConcurrentHashMap.newKeySet();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LvaOnnxConfiguration own = configuration.copy();
        own.setModel(remaining);
        LvaOnnxEndpoint endpoint = new LvaOnnxEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public LvaOnnxConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * What the endpoints of this component have in common. Each begins with a copy, in which its URI overrides what it names.
     */
    public void setConfiguration(LvaOnnxConfiguration configuration) {
        this.configuration = configuration;
    }

    public int getMaxModels() {
        return maxModels;
    }

    /**
     * How many models may be loaded at once, of all endpoints together.
     */
    public void setMaxModels(int maxModels) {
        this.maxModels = maxModels;
    }

    ModelStore models() {
        return models;
    }

    /** Tells producers of one model apart. */
    int nextProducerNumber() {
        return producerNumber.incrementAndGet();
    }

    /** Those that are started. */
    public List<LvaOnnxProducer> producers() {
        return List.copyOf(producers);
    }

    void started(LvaOnnxProducer producer) {
        producers.add(producer);
    }

    void stopped(LvaOnnxProducer producer) {
        producers.remove(producer);
    }
}
