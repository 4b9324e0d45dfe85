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
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.event.ExchangeRedeliveryEvent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.EventNotifierSupport;

/** A route of the example as it is, with cameras that send to it. */
final class RunningRoute implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final InRoute inRoute = new InRoute();
    private final AtomicInteger redeliveries = new AtomicInteger();
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();
    private final Map<CameraFrame, List<Inference>> answers = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private RunningRoute() {
    }

    static RunningRoute start(Delivery delivery, Map<String, String> properties) throws Exception {
        return start(delivery, properties, new MotionDetector());
    }

    static RunningRoute start(Delivery delivery, Map<String, String> properties, Object detector) throws Exception {
        RunningRoute route = new RunningRoute();
        CamelContext context = route.context;
        context.getShutdownStrategy().setTimeout(5);
        context.getRegistry().bind("motionDetector", detector);
        context.getPropertiesComponent().addOverrideProperty("extension.host", "127.0.0.1");
        context.getPropertiesComponent().addOverrideProperty("extension.port", "0");
        properties.forEach(context.getPropertiesComponent()::addOverrideProperty);
        context.addRoutePolicyFactory((owner, routeId, definition) -> route.inRoute);
        context.getManagementStrategy().addEventNotifier(route.new Counter());
        PluginHelper.getRoutesLoader(context).loadRoutes(
                ResourceHelper.resolveMandatoryResource(context, "classpath:" + delivery.routes()));
        context.start();
        return route;
    }

    CompletableFuture<Void> send(int cameras, int frames) {
        Cameras sending = new Cameras(context, cameras, new Listener(), new CountDownLatch(1));
        int port = ((LvaGrpcConsumer) context.getRoute("detect").getConsumer()).getPort();
        return CompletableFuture.runAsync(() -> {
            try {
                sending.run("lvagrpc:127.0.0.1:" + port + "?responseTimeout=120000", frames, Pace.UNLIMITED);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    CamelContext context() {
        return context;
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

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws Exception {
        context.close();
    }

    private final class Listener implements CameraListener {

        @Override
        public void answered(CameraFrame frame, List<Inference> inferences) {
            answers.put(frame, inferences);
        }

        @Override
        public void failed(CameraFrame frame, String why) {
            failures.add(frame + ": " + why);
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
