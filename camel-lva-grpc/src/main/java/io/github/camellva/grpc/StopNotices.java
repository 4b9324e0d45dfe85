package io.github.camellva.grpc;

import java.util.Collection;

import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.LifecycleStrategySupport;

/** Tells producers that Camel stops their route, before it waits for the exchanges there. Camel itself tells services of routes only. */
final class StopNotices extends LifecycleStrategySupport {

    private final LvaGrpcComponent component;

    StopNotices(LvaGrpcComponent component) {
        this.component = component;
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            StopNotice notice = new StopNotice(component, route.getRouteId());
            if (!notice.producers().isEmpty()) {
                // a route that starts again has it already
                route.addService(notice);
            }
        }
    }

    private record StopNotice(LvaGrpcComponent component, String routeId) implements Service, ShutdownPrepared {

        Collection<LvaGrpcProducer> producers() {
            return component.producers().stream().filter(producer -> routeId.equals(producer.getRouteId())).toList();
        }

        @Override
        public void prepareShutdown(boolean suspendOnly, boolean forced) {
            if (!suspendOnly) {
                producers().forEach(LvaGrpcProducer::prepareStop);
            }
        }

        @Override
        public void start() {
            // nothing to start
        }

        @Override
        public void stop() {
            // nothing to stop
        }
    }
}
