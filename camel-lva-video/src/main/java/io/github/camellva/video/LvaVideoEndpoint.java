package io.github.camellva.video;

import java.util.regex.Pattern;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Take frames from network cameras, webcams, videos and pictures.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = LvaVideoConstants.SCHEME, title = "LVA Video", syntax = "lvavideo:source",
             category = { Category.AI, Category.IOT, Category.FILE }, consumerOnly = true, headersClass = LvaVideoConstants.class)
public class LvaVideoEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

    private static final Pattern USER_INFO = Pattern.compile("//[^?&]*@");
    private static final Pattern SECRETS = Pattern.compile("(?<=[?&](?:password|username|query)=)(?:RAW\\(.*?\\)(?=&|$)|RAW\\{.*?}(?=&|$)|[^&]*)");

    @UriParam
    private final LvaVideoConfiguration configuration;

    public LvaVideoEndpoint(String uri, LvaVideoComponent component, LvaVideoConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    /** A URI that may be shown: Camel shows it in logs, errors and JMX. */
    static String withoutSecrets(String uri) {
        return SECRETS.matcher(USER_INFO.matcher(uri).replaceFirst("//")).replaceAll("xxxxxx");
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "lvavideo: is a source of frames; to send frames somewhere, use lvagrpc:, file: or another component");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        LvaVideoConsumer consumer = new LvaVideoConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public LvaVideoComponent getComponent() {
        return (LvaVideoComponent) super.getComponent();
    }

    public LvaVideoConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        return configuration.address().toString();
    }

    @Override
    public String getServiceProtocol() {
        return "video";
    }
}
