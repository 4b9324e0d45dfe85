package io.github.camellva.examples.rig.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/** An extension in a process of its own: routes that answer each frame with what they saw. */
public final class ExtensionProcess {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, AtomicLong> processed = new LinkedHashMap<>();
    private final List<LvaGrpcConsumer> consumers = new ArrayList<>();
    private final Repeats repeats = new Repeats();

    private ExtensionProcess() {
    }

    /** @param args for each route: its id, where it consumes from, and its {@link Work} */
    public static void main(String[] args) throws Exception {
        ComponentClasses.load();
        ExtensionProcess extension = new ExtensionProcess();
        for (int i = 0; i < args.length; i += 3) {
            extension.add(args[i], args[i + 1], Work.valueOf(args[i + 2]));
        }
        extension.run();
    }

    private void add(String id, String uri, Work work) throws Exception {
        AtomicLong count = new AtomicLong();
        processed.put(id, count);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from(uri).routeId(id);
                work.addTo(route);
                route.process(exchange -> answer(exchange, count));
            }
        });
    }

    private void answer(Exchange exchange, AtomicLong count) throws Exception {
        Disturbance.THREADS.disturb(exchange);
        Disturbance.ERRORS.disturb(exchange);
        ByteBuffer frame = exchange.getMessage().getBody(ByteBuffer.class);
        exchange.getMessage().setBody(CheckedFrames.answer(frame));
        repeats.add(CheckedFrames.number(frame));
        count.incrementAndGet();
    }

    private void run() throws Exception {
        Disturbance.THREADS.prepare(context);
        context.start();
        for (String id : processed.keySet()) {
            LvaGrpcConsumer consumer = (LvaGrpcConsumer) context.getRoute(id).getConsumer();
            consumers.add(consumer);
            System.out.println("route " + id + " listens on " + consumer.getPort());
        }
        Reporter.reportUntilTold(this::figures, new CountDownLatch(1));
        // those in flight are answered
        context.stop();
        Reporter.print(figures());
        System.exit(0);
    }

    private Figures figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        processed.forEach((id, count) -> figures.put("processed." + id, count.get()));
        figures.put("repeated", repeats.count());
        figures.put("sessions", consumers.stream().mapToLong(LvaGrpcConsumer::getOpenSessions).sum());
        figures.put("inRoute", (long) context.getInflightRepository().size());
        JvmFigures.addTo(figures);
        return new Figures(figures);
    }
}
