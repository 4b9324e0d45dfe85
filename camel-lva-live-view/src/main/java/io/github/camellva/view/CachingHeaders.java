package io.github.camellva.view;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;

/** Camel's HTTP consumers leave Cache-Control out of their answers. Those of a live view keep it: nobody may store a picture. */
final class CachingHeaders implements HeaderFilterStrategy {

    static final String NAME = "Cache-Control";

    private final HeaderFilterStrategy others;

    private CachingHeaders(HeaderFilterStrategy others) {
        this.others = others;
    }

    /** To be done once for an endpoint: what it returns need not be what was set. */
    static void pass(Endpoint from) {
        if (from instanceof HeaderFilterStrategyAware consumer && consumer.getHeaderFilterStrategy() != null) {
            consumer.setHeaderFilterStrategy(new CachingHeaders(consumer.getHeaderFilterStrategy()));
        }
    }

    @Override
    public boolean applyFilterToCamelHeaders(String headerName, Object headerValue, Exchange exchange) {
        return !NAME.equals(headerName) && others.applyFilterToCamelHeaders(headerName, headerValue, exchange);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String headerName, Object headerValue, Exchange exchange) {
        return others.applyFilterToExternalHeaders(headerName, headerValue, exchange);
    }
}
