package io.github.camellva.grpc;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Answer or send live video frames over the gRPC extension protocol of Azure Live Video Analytics and Azure Video Analyzer.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = LvaGrpcConstants.SCHEME, title = "LVA gRPC Extension", syntax = "lvagrpc:host:port",
             category = { Category.AI, Category.IOT, Category.RPC }, headersClass = LvaGrpcConstants.class)
public class LvaGrpcEndpoint extends DefaultEndpoint implements EndpointServiceLocation, MultipleConsumersSupport {

    @UriParam
    private final LvaGrpcConfiguration configuration;

    public LvaGrpcEndpoint(String uri, LvaGrpcComponent component, LvaGrpcConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
        setExchangePattern(ExchangePattern.InOut);
    }

    @Override
    public Producer createProducer() {
        return new LvaGrpcProducer(this, ProducerOptions.of(configuration));
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        LvaGrpcConsumer consumer = new LvaGrpcConsumer(this, processor, ConsumerOptions.sessionSettings(
                configuration, getComponent().consumerMeters(configuration.address())));
        configureConsumer(consumer);
        return consumer;
    }

    /** Lets the component itself refuse a second route on an address, with an error that names the first. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public LvaGrpcComponent getComponent() {
        return (LvaGrpcComponent) super.getComponent();
    }

    public LvaGrpcConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        return configuration.address();
    }

    @Override
    public String getServiceProtocol() {
        return "grpc";
    }
}
