package io.github.camellva.examples.rig;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class CamerasIT {

    private final Queue<CameraFrame> answered = new ConcurrentLinkedQueue<>();
    private final Queue<CameraFrame> failed = new ConcurrentLinkedQueue<>();
    private final Map<String, String> sessionOfCamera = new ConcurrentHashMap<>();

    @Test
    void everyCameraHasASessionInWhichAllOfItsFramesAreAnswered() throws Exception {
        Cameras cameras = run(new CountDownLatch(1), Pace.UNLIMITED, exchange -> sessionOfCamera.merge(
                exchange.getMessage().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, String.class),
                exchange.getMessage().getHeader(LvaGrpcConstants.SESSION_ID, String.class),
                (first, other) -> first.equals(other) ? first : "several"));
        assertThat(cameras.sent()).isEqualTo(30);
        assertThat(failed).isEmpty();
        for (String camera : cameras.names()) {
            assertThat(answered).filteredOn(frame -> frame.camera().equals(camera)).extracting(CameraFrame::number)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
        }
        Collection<String> sessions = sessionOfCamera.values();
        assertThat(sessions).hasSize(3).doesNotHaveDuplicates().doesNotContain("several");
    }

    @Test
    void framesThatComeWhileTooManyWaitAreLeftOutInRealTime() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Cameras cameras = new Cameras(context, 3, new Listener(), new CountDownLatch(1));
            String extension = extension(context, exchange -> await().until(() -> cameras.leftOut() > 0));
            cameras.run(extension, 10, Pace.REALTIME);
            assertThat(cameras.sent() + cameras.leftOut()).isEqualTo(30);
            assertThat((long) answered.size()).isEqualTo(cameras.sent());
        }
    }

    @Test
    void nothingIsSentAfterStop() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        stop.countDown();
        assertThat(run(stop, Pace.UNLIMITED, exchange -> { }).sent()).isZero();
    }

    private Cameras run(CountDownLatch stop, Pace pace, Processor extension) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Cameras cameras = new Cameras(context, 3, new Listener(), stop);
            cameras.run(extension(context, extension), 10, pace);
            return cameras;
        }
    }

    private static String extension(CamelContext context, Processor extension) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:0").routeId("extension").process(extension).process(CamerasIT::nothingFound);
            }
        });
        context.start();
        return "lvagrpc:127.0.0.1:" + ((LvaGrpcConsumer) context.getRoute("extension").getConsumer()).getPort();
    }

    private static void nothingFound(Exchange exchange) {
        exchange.getMessage().setBody(null);
    }

    private final class Listener implements CameraListener {

        @Override
        public void answered(CameraFrame frame, List<Inference> inferences) {
            answered.add(frame);
        }

        @Override
        public void failed(CameraFrame frame, String why) {
            failed.add(frame);
        }
    }
}
