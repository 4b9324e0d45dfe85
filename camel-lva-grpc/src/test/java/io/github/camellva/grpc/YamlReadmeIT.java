package io.github.camellva.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;

/** The YAML route of the README, with an HTTP server that answers as the published model containers do. */
class YamlReadmeIT extends LvaGrpcTestSupport {

    private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> pictures = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> contentTypes = new LinkedBlockingQueue<>();
    private HttpServer model;

    @BeforeEach
    void startTheModelAndTheRoute() throws Exception {
        model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/score", this::score);
        model.start();
        String yaml = Readme.blocks("yaml").get(0)
                .replace("0.0.0.0", "127.0.0.1").replace("port: 5001", "port: 0")
                .replace("localhost:8000", "localhost:" + model.getAddress().getPort());
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("readme.yaml", yaml));
    }

    @AfterEach
    void stopTheModel() {
        model.stop(0);
    }

    @Test
    void aPictureGoesToTheModelAndItsInferencesToTheNode() throws Exception {
        statuses.add(200);
        try (RawNode node = connect("detect")) {
            node.open(encodedDescriptor(Encoding.JPG)).send(embedded(1, pixels(999, 1)));
            assertThat(tags(node.receive())).containsExactly("car");
        }
        assertThat(pictures.take()).isEqualTo(pixels(999, 1));
        assertThat(contentTypes.take()).isEqualTo("image/jpeg");
    }

    @Test
    void aModelThatFindsNothingOrFailsLeavesTheFrameWithoutInferences() {
        statuses.add(204);
        statuses.add(500);
        statuses.add(200);
        try (RawNode node = connect("detect")) {
            node.open(encodedDescriptor(Encoding.JPG)).send(embedded(1, pixels(999, 1)));
            assertThat(node.receive().getMediaSample().getInferencesList()).isEmpty();
            node.send(embedded(2, pixels(999, 1)));
            assertThat(node.receive().getMediaSample().getInferencesList()).isEmpty();
            node.send(embedded(3, pixels(999, 1)));
            assertThat(tags(node.receive())).containsExactly("car");
        }
    }

    private void score(HttpExchange exchange) throws java.io.IOException {
        pictures.add(exchange.getRequestBody().readAllBytes());
        contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
        int status = statuses.remove();
        byte[] document = new InferenceDocument(0, java.util.List.of(entity("car"))).toJson().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 200 ? document.length : -1);
        if (status == 200) {
            exchange.getResponseBody().write(document);
        }
        exchange.close();
    }
}
