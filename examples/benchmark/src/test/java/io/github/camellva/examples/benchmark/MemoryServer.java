package io.github.camellva.examples.benchmark;

import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The component in a process of its own, with one route. */
final class MemoryServer implements Party {

    static final String PORT = "port";
    /** Answered, after garbage is collected, with the number of open sessions. */
    static final String SESSIONS = "sessions";

    /** How long a slow route takes for a frame. */
    private static final long DELAY_MILLIS = 50;
    private static final int COLLECTIONS = 3;

    private final CamelContext context = new DefaultCamelContext();

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

    private MemoryServer(Work work) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("lvagrpc:127.0.0.1:0").routeId("route");
                work.addTo(route);
                route.process(LvaGrpcServer::inspect);
            }
        });
        context.start();
    }

    /** @param args the {@link Work} */
    public static void main(String[] args) throws Exception {
        Party.serve(new MemoryServer(Work.valueOf(args[0])));
    }

    @Override
    public String answer(String... question) {
        LvaGrpcConsumer consumer = (LvaGrpcConsumer) context.getRoute("route").getConsumer();
        if (question[0].equals(PORT)) {
            return Integer.toString(consumer.getPort());
        }
        collectGarbage();
        return Integer.toString(consumer.getOpenSessions());
    }

    @Override
    public void close() throws Exception {
        context.close();
    }

    /** References and cleaners are dealt with between two collections. */
    private static void collectGarbage() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
    }
}
