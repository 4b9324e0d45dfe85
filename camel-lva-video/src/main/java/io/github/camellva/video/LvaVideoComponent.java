package io.github.camellva.video;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.PropertiesHelper;

/** Frames of cameras, videos and pictures as a source of routes. */
@Component(LvaVideoConstants.SCHEME)
public class LvaVideoComponent extends HealthCheckComponent {

    private static final String FFMPEG_PREFIX = "ffmpeg.";

    @Metadata
    private LvaVideoConfiguration configuration = new LvaVideoConfiguration();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LvaVideoConfiguration own = configuration.copy();
        own.setSource(remaining);
        own.getFfmpegOptions().putAll(PropertiesHelper.extractProperties(parameters, FFMPEG_PREFIX));
        LvaVideoEndpoint endpoint = new LvaVideoEndpoint(LvaVideoEndpoint.withoutSecrets(uri), this, own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public LvaVideoConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * What the endpoints of this component have in common. Each begins with a copy, in which its URI overrides what it names.
     */
    public void setConfiguration(LvaVideoConfiguration configuration) {
        this.configuration = configuration;
    }
}
