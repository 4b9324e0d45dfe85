package io.github.camellva.grpc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Extensions of Azure Live Video Analytics and Azure Video Analyzer as Camel routes. */
@Component(LvaGrpcConstants.SCHEME)
public class LvaGrpcComponent extends DefaultComponent implements SSLContextParametersAware {

    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    /** Address to the consumer that listens there. */
    private final Map<String, LvaGrpcConsumer> consumers = new ConcurrentHashMap<>();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LvaGrpcConfiguration configuration = new LvaGrpcConfiguration();
        configuration.setAddress(remaining);
        configuration.setSslContextParameters(retrieveGlobalSslContextParameters());
        LvaGrpcEndpoint endpoint = new LvaGrpcEndpoint(uri, this, configuration);
        setProperties(endpoint, parameters);
        return endpoint;
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

    /** Reserves an address, so that a second route on it is told which one has it rather than that a port is in use. */
    void claim(String address, LvaGrpcConsumer consumer) {
        LvaGrpcConsumer holder = consumers.putIfAbsent(address, consumer);
        if (holder != null) {
            throw new IllegalStateException(
                    "route '" + consumer.getRouteId() + "' cannot listen on lvagrpc:" + address + ": route '" + holder.getRouteId()
                                            + "' does. An address serves one route; give this one another port, or let one route choose by the header "
                                            + LvaGrpcConstants.GRAPH_INSTANCE_NAME + " or " + LvaGrpcConstants.EXTENSION_CONFIGURATION);
        }
    }

    void unclaim(String address, LvaGrpcConsumer consumer) {
        consumers.remove(address, consumer);
    }
}
