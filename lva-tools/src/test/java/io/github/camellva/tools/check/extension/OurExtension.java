package io.github.camellva.tools.check.extension;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A route of this project, which finds one object in each frame, whose tag tells one frame from another. */
public final class OurExtension implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final int port;

    public OurExtension(String options) throws Exception {
        port = FreePort.any();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("lvagrpc:127.0.0.1:" + port + options).process(OurExtension::look);
            }
        });
        context.start();
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        context.stop();
    }

    private static void look(Exchange exchange) {
        ByteBuffer frame = exchange.getMessage().getBody(ByteBuffer.class);
        if (frame == null) {
            return;
        }
        if (!"RAW".equals(exchange.getMessage().getHeader(LvaGrpcConstants.ENCODING)) && frame.remaining() < 16) {
            throw new IllegalArgumentException("no picture");
        }
        CRC32 crc = new CRC32();
        crc.update(frame.duplicate());
        exchange.getMessage().setBody(List.of(Inference.newBuilder().setType(Inference.InferenceType.ENTITY)
                .setEntity(Entity.newBuilder().setTag(Tag.newBuilder().setValue("frame " + crc.getValue()).setConfidence(0.5f))
                        .setBox(Rectangle.newBuilder().setL(0.25f).setT(0.25f).setW(0.5f).setH(0.5f)))
                .build()));
    }
}
