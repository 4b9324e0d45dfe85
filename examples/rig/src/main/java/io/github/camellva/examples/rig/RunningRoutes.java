package io.github.camellva.examples.rig;

import java.util.function.Consumer;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** Routes that camel-main runs, as it does by itself, and that end when they are closed. */
public final class RunningRoutes implements AutoCloseable {

    private final Main main = new Main();

    private RunningRoutes() {
    }

    /** @param configuration says which routes, and their properties and beans */
    public static RunningRoutes start(Consumer<Main> configuration) throws Exception {
        RunningRoutes routes = new RunningRoutes();
        try {
            configuration.accept(routes.main);
            routes.main.start();
            return routes;
        } catch (Exception e) {
            routes.close();
            throw e;
        }
    }

    /** Where nodes on this machine reach the {@code lvagrpc:} route of this id, whatever port it has found. */
    public String address(String routeId) {
        return "127.0.0.1:" + ((LvaGrpcConsumer) context().getRoute(routeId).getConsumer()).getPort();
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }
}
