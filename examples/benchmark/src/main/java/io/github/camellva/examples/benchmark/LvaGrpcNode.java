package io.github.camellva.examples.benchmark;

import java.util.List;

import io.github.camellva.examples.rig.FrameOutcome;
import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorConverterHelper;

/** A route for each camera that sends its frames to the component. Only what the load asks for differs from the defaults. */
final class LvaGrpcNode extends Node {

    private static final int MEBIBYTE = 1 << 20;

    private final CamelContext context = new DefaultCamelContext();
    private final String options;
    private int cameras;

    /** @param options of the endpoint, beside those that the load asks for; empty, or each with an ampersand before it */
    LvaGrpcNode(String options) {
        this.options = options;
        context.start();
    }

    @Override
    Camera camera(int port, Frames frames, Meter meter) throws Exception {
        String route = "camera-" + ++cameras;
        Load load = frames.load();
        String uri = "lvagrpc:127.0.0.1:" + port + "?graphInstanceName=" + route + format(load) + memory(load) + options;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + route).routeId(route).to(uri);
            }
        });
        return new Route(context, route, frames, meter);
    }

    @Override
    public void close() throws Exception {
        super.close();
        context.close();
    }

    private static String format(Load load) {
        VideoFrameSampleFormat format = load.payload().format();
        Dimensions size = format.getDimensions();
        return "&encoding=" + format.getEncoding()
               // the size of an encoded picture is in the picture
               + (format.getEncoding() == Encoding.RAW ? "&width=" + size.getWidth() + "&height=" + size.getHeight() : "");
    }

    private static String memory(Load load) {
        int mebibytes = load.inFlight() * load.payload().bytes() / MEBIBYTE + 1;
        return load.transfer().isShared() ? "&dataTransfer=sharedMemory&sharedMemorySizeMiB=" + mebibytes : "";
    }

    /** Puts frames into a route, as its consumer would. */
    private static final class Route extends Camera {

        private final CamelContext context;
        private final String id;
        private final Consumer consumer;
        private final AsyncProcessor processor;

        Route(CamelContext context, String id, Frames frames, Meter meter) {
            super(frames, meter);
            this.context = context;
            this.id = id;
            this.consumer = context.getRoute(id).getConsumer();
            this.processor = AsyncProcessorConverterHelper.convert(consumer.getProcessor());
        }

        @Override
        void awaitOpened() {
            // the component opens a session for the first frame
        }

        @Override
        void send(int lane) {
            Exchange exchange = consumer.createExchange(true);
            if (frames().bytes().length > 0) {
                exchange.getMessage().setBody(frames().bytes());
            }
            processor.process(exchange, doneSync -> answered(lane, exchange));
        }

        @Override
        public void close() throws Exception {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }

        private void answered(int lane, Exchange exchange) {
            switch (FrameOutcome.of(exchange)) {
                case ANSWERED -> answered(lane, exchange.getMessage().getBody(List.class));
                case NOT_PROCESSED -> notProcessed(lane);
                case FAILED -> failed(exchange.getException().toString());
            }
        }
    }
}
