package io.github.camellva.tools.check.node;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A route of this project that sends the frames of some cameras, without an end. */
final class OurNode implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final AtomicLong ticks = new AtomicLong(145_892_470_449_324L);

    OurNode(int port, int cameras, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                for (int i = 0; i < cameras; i++) {
                    from("timer:camera" + i + "?delay=0&period=5")
                            .setHeader(LvaGrpcConstants.TIMESTAMP, () -> ticks.addAndGet(450))
                            .setBody(exchange -> frame(exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP, long.class)))
                            .to("lvagrpc:127.0.0.1:" + port + "?encoding=RAW&pixelFormat=BGR24&width=16&height=8&whenFull=fail"
                                + "&graphInstanceName=camera-" + i + options);
                }
            }
        });
        context.start();
    }

    /** No two are the same. */
    private static byte[] frame(long ticks) {
        byte[] pixels = new byte[16 * 8 * 3];
        ByteBuffer.wrap(pixels).putLong(ticks);
        return pixels;
    }

    @Override
    public void close() {
        context.stop();
    }
}
