package io.github.camellva.grpc;

import org.apache.camel.test.junit5.CamelTestSupport;

/** Routes on {@code lvagrpc:127.0.0.1:0}, which take whatever port is free. */
public abstract class LvaGrpcTestSupport extends CamelTestSupport {

    protected static final String EXTENSION = "lvagrpc:127.0.0.1:0";

    protected int port(String routeId) {
        return ((LvaGrpcConsumer) context.getRoute(routeId).getConsumer()).getPort();
    }

    protected RawNode connect(String routeId) {
        return RawNode.connect(port(routeId));
    }
}
