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

/** Routes of the component, one for each way to read shared memory. Only what the load asks for differs from the defaults. */
final class LvaGrpcServer implements Server {

    private static final String COPY = "copy";
    private static final String MAP = "map";
    private static final Processor INSPECT = LvaGrpcServer::inspect;

    private final CamelContext context;

    private LvaGrpcServer(CamelContext context) {
        this.context = context;
    }

    /** @param options of both endpoints; empty, or each with an ampersand before it */
    static LvaGrpcServer ofJavaRoute(String options) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:0?sharedMemoryAccess=copy" + options).routeId(COPY).process(INSPECT);
                from("lvagrpc:127.0.0.1:0?sharedMemoryAccess=map" + options).routeId(MAP).process(INSPECT);
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
        return ((LvaGrpcConsumer) context.getRoute(transfer.isMapped() ? MAP : COPY).getConsumer()).getPort();
    }

    @Override
    public void close() throws Exception {
        context.close();
    }

    static void inspect(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(Inspection.inspect(message.getBody(ByteBuffer.class)));
    }
}
