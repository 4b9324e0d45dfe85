package io.github.camellva.examples.benchmark;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** The component, with a route for each way to read shared memory. Only what the load asks for differs from the defaults. */
final class LvaGrpcServer implements Server {

    private static final String COPY = "copy";
    private static final String MAP = "map";
    private static final Processor INSPECT = LvaGrpcServer::inspect;

    private final CamelContext context;

    private LvaGrpcServer(CamelContext context) {
        this.context = context;
    }

    static LvaGrpcServer ofJavaRoute() throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:0").routeId(COPY).process(INSPECT);
                from("lvagrpc:127.0.0.1:0?sharedMemoryAccess=map").routeId(MAP).process(INSPECT);
            }
        });
        return start(context);
    }

    static LvaGrpcServer ofYamlRoute() throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("inspect", INSPECT);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                PluginHelper.getResourceLoader(context).resolveResource("classpath:benchmark.camel.yaml"));
        return start(context);
    }

    private static LvaGrpcServer start(CamelContext context) {
        context.start();
        return new LvaGrpcServer(context);
    }

    @Override
    public int port(Transfer transfer) {
        return ((LvaGrpcConsumer) context.getRoute(transfer == Transfer.MAP ? MAP : COPY).getConsumer()).getPort();
    }

    @Override
    public void close() throws Exception {
        context.close();
    }

    /** Answers with what is found in the frame. */
    static void inspect(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(Inspection.inspect(message.getBody(ByteBuffer.class)));
    }
}
