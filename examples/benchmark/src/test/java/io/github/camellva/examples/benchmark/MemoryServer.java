package io.github.camellva.examples.benchmark;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The component in a process of its own, with one route. It answers each line with its {@link Usage}. */
final class MemoryServer {

    /** How long a slow route takes for a frame. */
    private static final long DELAY_MILLIS = 50;

    private MemoryServer() {
    }

    /** What the route does before it answers. */
    enum Work {

        NONE {
            @Override
            void addTo(RouteDefinition route) {
                // there is nothing to add
            }
        },
        /** Waits, and keeps its thread meanwhile. */
        ON_THREAD {
            @Override
            void addTo(RouteDefinition route) {
                route.delay(DELAY_MILLIS).syncDelayed();
            }
        },
        /** Waits without a thread. */
        WITHOUT_THREAD {
            @Override
            void addTo(RouteDefinition route) {
                route.delay(DELAY_MILLIS).asyncDelayed();
            }
        };

        abstract void addTo(RouteDefinition route);
    }

    /** @param args options of the endpoint, and the {@link Work} */
    public static void main(String[] args) throws Exception {
        try (CamelContext context = new DefaultCamelContext();
             BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    RouteDefinition route = from("lvagrpc:127.0.0.1:0?" + args[0]).routeId("route");
                    Work.valueOf(args[1]).addTo(route);
                    route.process(LvaGrpcServer::inspect);
                }
            });
            context.start();
            LvaGrpcConsumer consumer = (LvaGrpcConsumer) context.getRoute("route").getConsumer();
            System.out.println(consumer.getPort());
            while (questions.readLine() != null) {
                System.out.println(Usage.of(consumer).format());
            }
        }
        System.exit(0);
    }

    /**
     * What the JVM knows of its memory, after it was cleared of garbage.
     *
     * @param sessions    that are open
     * @param heapBytes   objects
     * @param directBytes buffers outside of the heap
     */
    record Usage(int sessions, long heapBytes, long directBytes) {

        private static final int COLLECTIONS = 3;

        static Usage of(LvaGrpcConsumer consumer) {
            // references and cleaners are done with between two collections
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }
            return new Usage(
                    consumer.getOpenSessions(), ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                            .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum());
        }

        /** As one line, for {@link #parse}. */
        String format() {
            return sessions + " " + heapBytes + " " + directBytes;
        }

        static Usage parse(String line) {
            String[] parts = line.split(" ");
            return new Usage(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }
    }
}
