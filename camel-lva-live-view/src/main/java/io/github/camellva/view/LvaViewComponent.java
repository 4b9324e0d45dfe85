package io.github.camellva.view;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Web pages that show the cameras of {@code lvagrpc} routes. */
@Component(LvaViewEndpoint.SCHEME)
public class LvaViewComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LvaViewEndpoint endpoint = new LvaViewEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
