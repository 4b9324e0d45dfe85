package io.github.camellva.examples.benchmark;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The component in a process of its own, with one route. It answers each line, cleared of garbage, with how many sessions are open. */
final class MemoryServer {

    /** How long a slow route takes for a frame. */
    private static final long DELAY_MILLIS = 50;
    private static final int COLLECTIONS = 3;

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

    /** @param args the {@link Work} */
    public static void main(String[] args) throws Exception {
        try (CamelContext context = new DefaultCamelContext();
             BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    RouteDefinition route = from("lvagrpc:127.0.0.1:0").routeId("route");
                    Work.valueOf(args[0]).addTo(route);
                    route.process(LvaGrpcServer::inspect);
                }
            });
            context.start();
            LvaGrpcConsumer consumer = (LvaGrpcConsumer) context.getRoute("route").getConsumer();
            System.out.println(consumer.getPort());
            while (questions.readLine() != null) {
                collectGarbage();
                System.out.println(consumer.getOpenSessions());
            }
        }
        System.exit(0);
    }

    /** References and cleaners are done with between two collections. */
    private static void collectGarbage() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
    }
}
