package io.github.camellva.video;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A route from a source, and what has come out of it. */
final class Watched implements AutoCloseable {

    static final String ROUTE = "watched";

    private final CamelContext context = new DefaultCamelContext();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** A frame in the route, with the machine's time when it was there. */
    record Seen(long number, long timestamp, int width, int height, String encoding, byte[] body, long ageMillis) {

        static Seen of(Exchange exchange) {
            Message message = exchange.getMessage();
            long timestamp = message.getHeader(LvaGrpcConstants.TIMESTAMP, Long.class);
            ByteBuffer body = message.getBody(ByteBuffer.class);
            byte[] bytes = new byte[body.remaining()];
            body.get(bytes);
            return new Seen(
                    message.getHeader(LvaGrpcConstants.SEQUENCE_NUMBER, Long.class), timestamp,
                    message.getHeader(LvaGrpcConstants.WIDTH, Integer.class), message.getHeader(LvaGrpcConstants.HEIGHT, Integer.class),
                    message.getHeader(LvaGrpcConstants.ENCODING, String.class), bytes, System.currentTimeMillis() - timestamp / 90);
        }
    }

    private Watched() {
    }

    static Watched start(String uri) throws Exception {
        Watched watched = of(uri);
        watched.context.start();
        return watched;
    }

    /** Not started. */
    static Watched of(String uri) throws Exception {
        Watched watched = new Watched();
        watched.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(ROUTE).process(exchange -> watched.seen.add(Seen.of(exchange)));
            }
        });
        return watched;
    }

    CamelContext context() {
        return context;
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    LvaVideoConsumer consumer() {
        return (LvaVideoConsumer) context.getRoute(ROUTE).getConsumer();
    }

    void awaitFrames(int more) {
        int before = seen.size();
        await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() >= before + more || consumer().status().error() != null && more == 0);
    }

    void awaitState(String state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> consumer().getSourceState().equals(state));
    }

    HealthCheck.Result health() {
        return consumer().getHealthCheck() == null
                ? new LvaVideoConsumerHealthCheck(consumer()).call() : consumer().getHealthCheck().call();
    }

    void assertThatTimestampsGrow() {
        List<Long> timestamps = seen().stream().map(Seen::timestamp).collect(Collectors.toList());
        assertThat(timestamps).isSorted().doesNotHaveDuplicates();
    }

    @Override
    public void close() throws Exception {
        context.close();
    }
}
