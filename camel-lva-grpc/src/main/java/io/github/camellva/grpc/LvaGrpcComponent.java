package io.github.camellva.grpc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.camellva.grpc.server.AddressException;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.transform.CloudEventDataType;
import io.github.camellva.grpc.transform.CloudEventJsonDataType;
import io.github.camellva.grpc.transform.KafkaCloudEventDataType;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;

/** Extensions of Azure Live Video Analytics and Azure Video Analyzer as Camel routes. */
@Component(LvaGrpcConstants.SCHEME)
public class LvaGrpcComponent extends HealthCheckComponent implements SSLContextParametersAware {

    @Metadata
    private LvaGrpcConfiguration configuration = new LvaGrpcConfiguration();

    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "advanced", defaultValue = "100")
    private int maxMeteredPipelines = PipelineMeters.DEFAULT_MOST_PIPELINES;

    /** By address, the consumer that listens there. */
    private final Map<String, LvaGrpcConsumer> consumers = new ConcurrentHashMap<>();
    /** By address, the meters that all producers share. */
    private final Map<String, PipelineMeters> producerMeters = new ConcurrentHashMap<>();
    private final AtomicInteger producerNumber = new AtomicInteger();
    /** Started producers. */
    private final Set<LvaGrpcProducer> producers = ConcurrentHashMap.newKeySet();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LvaGrpcConfiguration own = configuration.copy();
        own.setAddress(remaining == null ? "" : remaining);
        chooseTls(own, parameters);
        LvaGrpcEndpoint endpoint = new LvaGrpcEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** There are two ways to say what TLS is: an endpoint that goes one of them leaves what the component says of the other. */
    private void chooseTls(LvaGrpcConfiguration own, Map<String, Object> parameters) {
        if (parameters.containsKey("sslContextParameters")) {
            own.setKeyCertChainResource(null);
            own.setKeyResource(null);
            own.setKeyPassword(null);
            own.setTrustCertCollectionResource(null);
        } else if (parameters.containsKey("keyCertChainResource") || parameters.containsKey("trustCertCollectionResource")) {
            own.setSslContextParameters(null);
        } else if (own.getSslContextParameters() == null && own.getKeyCertChainResource() == null
                && own.getTrustCertCollectionResource() == null) {
            own.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
    }

    public LvaGrpcConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * What the endpoints of this component have in common. Each begins with a copy, in which its URI overrides what it names.
     */
    public void setConfiguration(LvaGrpcConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getHost() {
        return configuration.getHost();
    }

    /**
     * Host name or address of endpoints whose URI has none.
     */
    @Metadata
    public void setHost(String host) {
        configuration.setHost(host);
    }

    public int getPort() {
        return configuration.getPort();
    }

    /**
     * Port of endpoints whose URI has none; 0 takes any that is free.
     */
    @Metadata
    public void setPort(int port) {
        configuration.setPort(port);
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /**
     * Enable usage of global SSL context parameters.
     */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public int getMaxMeteredPipelines() {
        return maxMeteredPipelines;
    }

    /**
     * How many pipelines (pairs of graph instance and graph node) of an endpoint have their own meters. Further ones are
     * counted together as other, so that no node can fill a metrics server with names.
     */
    public void setMaxMeteredPipelines(int maxMeteredPipelines) {
        this.maxMeteredPipelines = maxMeteredPipelines;
    }

    /** The meters of one consumer, which closes them. */
    PipelineMeters consumerMeters(String address) {
        return meters(MicrometerExport.Side.CONSUMER, address);
    }

    /** The meters that all producers of an address share. */
    PipelineMeters producerMeters(String address) {
        return producerMeters.computeIfAbsent(address, any -> meters(MicrometerExport.Side.PRODUCER, address));
    }

    /** Tells producers of one address apart. */
    int nextProducerNumber() {
        return producerNumber.incrementAndGet();
    }

    /** Those that run now. */
    List<LvaGrpcProducer> producers() {
        return List.copyOf(producers);
    }

    void started(LvaGrpcProducer producer) {
        producers.add(producer);
    }

    void stopped(LvaGrpcProducer producer) {
        producers.remove(producer);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        Options.requireRange("maxMeteredPipelines", maxMeteredPipelines, 1, Integer.MAX_VALUE);
        getCamelContext().addLifecycleStrategy(new KameletParameters(getCamelContext()));
        getCamelContext().addLifecycleStrategy(new StopNotices(this));
        getCamelContext().addLifecycleStrategy(new AggregationGuards(getCamelContext()));
        getCamelContext().getCamelContextExtension().addInterceptStrategy(new ErrorBarrier());
        offer("application-cloudevents", CloudEventDataType::new);
        offer("application-cloudevents+json", CloudEventJsonDataType::new);
        offer("kafka-cloudevents", KafkaCloudEventDataType::new);
    }

    /** Camel Quarkus builds applications without the files by which Camel finds data types whose names have cloudevents in them. */
    private void offer(String name, Supplier<Transformer> dataType) {
        TransformerKey key = new TransformerKey(new DataType(LvaGrpcConstants.SCHEME + ":" + name));
        if (getCamelContext().getTransformerRegistry().resolveTransformer(key) == null) {
            getCamelContext().getTransformerRegistry().put(key, dataType.get());
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        producerMeters.values().forEach(PipelineMeters::close);
        producerMeters.clear();
        super.doShutdown();
    }

    /** Reserves an address, so that the error of a second route names the first one, not just a port in use. */
    void claim(String address, LvaGrpcConsumer consumer) {
        LvaGrpcConsumer holder = consumers.putIfAbsent(address, consumer);
        if (holder != null) {
            throw new AddressException(
                    "route '" + consumer.getRouteId() + "' cannot listen on lvagrpc:" + address + ": route '" + holder.getRouteId()
                                       + "' does, and an address serves one route",
                    "give this one another port, or let one route choose by the header " + LvaGrpcConstants.GRAPH_INSTANCE_NAME + " or "
                                                                                 + LvaGrpcConstants.EXTENSION_CONFIGURATION);
        }
    }

    void unclaim(String address, LvaGrpcConsumer consumer) {
        consumers.remove(address, consumer);
    }

    private PipelineMeters meters(MicrometerExport.Side side, String address) {
        return new PipelineMeters(maxMeteredPipelines, MicrometerExport.of(getCamelContext(), side, address));
    }
}
