package io.github.camellva.examples.camera;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/** An extension for those who have none: it says of every frame how bright it is. */
public class BrightnessExtension extends RouteBuilder {

    private static final String ID = "brightness";

    @Override
    public void configure() {
        from("lvagrpc:127.0.0.1:0?encodings=JPG").routeId(ID).bean(new Brightness());
    }

    /** Host and port of the extension that runs in this context. */
    static String addressIn(CamelContext context) {
        return "127.0.0.1:" + ((LvaGrpcConsumer) context.getRoute(ID).getConsumer()).getPort();
    }
}
