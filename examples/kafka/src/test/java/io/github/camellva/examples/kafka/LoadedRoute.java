package io.github.camellva.examples.kafka;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.MotionDetector;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.event.ExchangeRedeliveryEvent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/** A route of the example as it is, cameras that send to it, and counts of what happens in it. */
final class LoadedRoute implements AutoCloseable {

    private final InRoute inRoute = new InRoute();
    private final AtomicInteger redeliveries = new AtomicInteger();
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();
    private final Map<CameraFrame, List<Inference>> answers = new ConcurrentHashMap<>();
    private final Set<CameraFrame> notProcessed = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final RunningRoutes route;

    private LoadedRoute(Delivery delivery, Map<String, String> properties, Object detector) throws Exception {
        route = RunningRoutes.start(main -> {
            delivery.configure(main, properties);
            main.bind("motionDetector", detector);
            main.addMainListener(new Observation());
        });
    }

    static LoadedRoute start(Delivery delivery, Map<String, String> properties) throws Exception {
        return start(delivery, properties, new MotionDetector());
    }

    static LoadedRoute start(Delivery delivery, Map<String, String> properties, Object detector) throws Exception {
        return new LoadedRoute(delivery, properties, detector);
    }

    CompletableFuture<Void> send(int cameras, int frames) {
        Cameras sending = new Cameras(context(), cameras, new Listener(), new CountDownLatch(1));
        String uri = "lvagrpc:" + route.address("detect") + "?responseTimeout=120000";
        return CompletableFuture.runAsync(() -> {
            try {
                sending.run(uri, frames, Pace.UNLIMITED);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    CamelContext context() {
        return route.context();
    }

    InRoute inRoute() {
        return inRoute;
    }

    int redeliveries() {
        return redeliveries.get();
    }

    /** How many went to endpoints whose address begins so. */
    int sentTo(String uri) {
        return sent.entrySet().stream().filter(entry -> entry.getKey().startsWith(uri)).mapToInt(Map.Entry::getValue).sum();
    }

    Map<CameraFrame, List<Inference>> answers() {
        return Map.copyOf(answers);
    }

    Set<CameraFrame> answeredWithFindings() {
        return answers.entrySet().stream().filter(answer -> !answer.getValue().isEmpty()).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    Set<CameraFrame> notProcessed() {
        return Set.copyOf(notProcessed);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        route.close();
    }

    private final class Listener implements CameraListener {

        @Override
        public void answered(CameraFrame frame, List<Inference> inferences) {
            answers.put(frame, inferences);
        }

        @Override
        public void notProcessed(CameraFrame frame) {
            notProcessed.add(frame);
        }

        @Override
        public void failed(CameraFrame frame, String why) {
            failures.add(frame + ": " + why);
        }
    }

    private final class Observation extends MainListenerSupport {

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            main.getCamelContext().addRoutePolicyFactory((context, routeId, definition) -> inRoute);
            main.getCamelContext().getManagementStrategy().addEventNotifier(new Counter());
        }
    }

    private final class Counter extends EventNotifierSupport {

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof ExchangeRedeliveryEvent) {
                redeliveries.incrementAndGet();
            } else if (event instanceof ExchangeSentEvent sending) {
                sent.merge(sending.getEndpoint().getEndpointUri().replace("://", ":"), 1, Integer::sum);
            }
        }
    }
}
