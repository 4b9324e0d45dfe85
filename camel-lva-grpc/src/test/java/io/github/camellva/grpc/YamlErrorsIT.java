package io.github.camellva.grpc;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.github.camellva.grpc.Messages.entity;
import static org.assertj.core.api.Assertions.assertThat;

/** The route of the guide that sends a frame again when that may help, and does not when it cannot. */
@Timeout(30)
class YamlErrorsIT extends LvaGrpcTestSupport {

    private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");

    @Test
    void aFrameIsSentAgainUntilTheExtensionIsThere() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        loadRoute(port);
        CompletableFuture<Exchange> answer = template.asyncSend("direct:frames", this::frame);
        serve(port, "JPG");
        assertThat(answer.get(20, TimeUnit.SECONDS).getMessage().getBody()).isEqualTo(List.of(entity("car")));
    }

    @Test
    void aFrameThatIsRefusedFailsAtOnce() throws Exception {
        serve(0, "RAW");
        loadRoute(port("extension"));
        Exchange exchange = template.send("direct:frames", this::frame);
        assertThat(exchange.getException()).isInstanceOf(LvaGrpcException.class).hasMessageContaining("INVALID_ARGUMENT");
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER)).isIn(null, 0);
    }

    @Test
    void aBodyThatIsNoPictureFailsAtOnce() throws Exception {
        loadRoute(1);
        Exchange exchange = template.send("direct:frames", message -> message.getMessage().setBody("no picture"));
        assertThat(exchange.getException()).isInstanceOf(LvaGrpcException.class);
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER)).isIn(null, 0);
    }

    private void frame(Exchange exchange) {
        exchange.getMessage().setBody(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB));
    }

    private void serve(int port, String encodings) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:" + port + "?encodings=" + encodings).routeId("extension")
                        .process(exchange -> exchange.getMessage().setBody(entity("car")));
            }
        });
    }

    private void loadRoute(int port) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("errors.yaml", route(port)));
    }

    private static String route(int port) throws IOException {
        return Readme.blocks(Files.readString(PAGE), "yaml").get(0).replace("lvagrpc:localhost:5001", "lvagrpc:127.0.0.1:" + port);
    }
}
