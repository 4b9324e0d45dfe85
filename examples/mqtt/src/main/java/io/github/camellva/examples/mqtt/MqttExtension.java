package io.github.camellva.examples.mqtt;

import java.util.function.Consumer;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The YAML route of one kind of delivery, in a Camel context of its own. */
final class MqttExtension implements AutoCloseable {

    /** Frames that are in the route are done sooner, or wait for a broker that is down. */
    private static final long STOP_SECONDS = 10;

    private final CamelContext context = new DefaultCamelContext();

    /** @param preparation is given the context before it has routes */
    static MqttExtension start(Delivery delivery, String broker, Consumer<CamelContext> preparation) throws Exception {
        MqttExtension extension = new MqttExtension();
        try {
            extension.startRoutes(delivery, broker, preparation);
            return extension;
        } catch (Exception e) {
            extension.close();
            throw e;
        }
    }

    private void startRoutes(Delivery delivery, String broker, Consumer<CamelContext> preparation) throws Exception {
        preparation.accept(context);
        context.getShutdownStrategy().setTimeout(STOP_SECONDS);
        context.getPropertiesComponent().addOverrideProperty("broker", broker);
        context.getPropertiesComponent().addOverrideProperty("extension.host", "127.0.0.1");
        // any that is free
        context.getPropertiesComponent().addOverrideProperty("extension.port", "0");
        PluginHelper.getRoutesLoader(context).loadRoutes(
                ResourceHelper.resolveMandatoryResource(context, "classpath:" + delivery.routes()));
        context.start();
    }

    /** As a node has it. */
    String uri() {
        return "lvagrpc:127.0.0.1:" + ((LvaGrpcConsumer) context.getRoute("extension").getConsumer()).getPort();
    }

    CamelContext context() {
        return context;
    }

    @Override
    public void close() throws Exception {
        context.close();
    }
}
