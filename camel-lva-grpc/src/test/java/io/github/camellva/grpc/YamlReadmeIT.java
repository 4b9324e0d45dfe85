package io.github.camellva.grpc;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import org.apache.camel.Message;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;

/** The YAML routes of the README; one of them with an HTTP server that answers as the published model containers do. */
class YamlReadmeIT extends LvaGrpcTestSupport {

    private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> pictures = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> contentTypes = new LinkedBlockingQueue<>();
    private HttpServer model;

    @TempDir
    Path pictureFolder;
    @TempDir
    Path eventFolder;

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

    @Test
    void theRouteThatSendsPicturesSendsThoseOfAFolder() throws Exception {
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", pictureFolder.resolve("picture.png").toFile());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("extension").to("mock:frames")
                        .process(exchange -> exchange.getMessage().setBody(entity("car")));
            }
        });
        String yaml = Readme.blocks("yaml").get(1)
                .replace("file:pictures", "file:" + pictureFolder)
                .replace("host: localhost", "host: 127.0.0.1").replace("port: 5001", "port: " + port("extension"));
        MockEndpoint frames = getMockEndpoint("mock:frames");
        frames.expectedMessageCount(1);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("send.yaml", yaml));
        frames.assertIsSatisfied();
        Message frame = frames.getExchanges().get(0).getMessage();
        assertThat(frame.getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME)).isEqualTo("pictures");
        BufferedImage sent = ImageIO.read(frame.getBody(InputStream.class));
        assertThat(sent.getWidth()).isEqualTo(416);
        assertThat(sent.getHeight()).isEqualTo(416);
    }

    @Test
    void theRouteThatPublishesWritesAnEventForEachFrameWithFindings() throws Exception {
        String yaml = Readme.blocks("yaml").stream().filter(block -> block.contains("file:events")).findFirst().orElseThrow()
                .replace("0.0.0.0", "127.0.0.1").replace("port: 5001", "port: 0")
                .replace("localhost:8000", "localhost:" + model.getAddress().getPort())
                .replace("file:events", "file:" + eventFolder);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("publish.yaml", Readme.inWordsOfThisCamel(yaml)));
        statuses.addAll(List.of(200, 204, 200));
        NotifyBuilder answeredAndPublished = new NotifyBuilder(context).whenDone(3 + 3).create();
        try (RawNode node = connect("answer")) {
            node.open(encodedDescriptor(Encoding.JPG));
            for (int frame = 1; frame <= 3; frame++) {
                node.send(embedded(frame, pixels(999, 1)));
                assertThat(tags(node.receive())).hasSize(frame == 2 ? 0 : 1);
            }
        }
        assertThat(answeredAndPublished.matchesWaitTime()).isTrue();
        Path file;
        try (Stream<Path> files = Files.list(eventFolder)) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(Files.readAllLines(file)).hasSize(2).allSatisfy(line -> {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.get("specversion").asText()).isEqualTo("1.0");
            assertThat(InferenceDocument.parse(event.get("data").toString()).inferences()).containsExactly(entity("car"));
        });
    }

    private void score(HttpExchange exchange) throws IOException {
        pictures.add(exchange.getRequestBody().readAllBytes());
        contentTypes.add(exchange.getRequestHeaders().getFirst("Content-Type"));
        int status = statuses.remove();
        byte[] document = new InferenceDocument(0, List.of(entity("car"))).toJson().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 200 ? document.length : -1);
        if (status == 200) {
            exchange.getResponseBody().write(document);
        }
        exchange.close();
    }
}
