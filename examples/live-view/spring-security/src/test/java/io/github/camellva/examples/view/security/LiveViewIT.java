package io.github.camellva.examples.view.security;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.grpc.media.PictureCodec;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class LiveViewIT {

    private static final String VIEWER = "alice:wonderland";
    private static final String JPG = "\u00ff\u00d8\u00ff";

    private static final CamelContext NODE = new DefaultCamelContext();
    private static ConfigurableApplicationContext application;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(LiveViewApplication.class).run("--server.port=0", "--extension.port=0");
        NODE.start();
    }

    @AfterAll
    static void stop() {
        NODE.stop();
        if (application != null) {
            application.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "style.css", "app.js", "cameras", "frames?seen=", "nothing" })
    void whoeverShowsNoPasswordSeesNothing(String path) throws Exception {
        assertThat(get(path, null).statusCode()).isEqualTo(401);
        assertThat(get(path, "alice:looking-glass").statusCode()).isEqualTo(401);
        assertThat(get(path, "bob:builder").statusCode()).isEqualTo(403);
    }

    @Test
    void whoeverHasTheRoleSeesThePageAndTheCameras() throws Exception {
        HttpResponse<String> page = get("", VIEWER);
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).startsWith("default-src 'none'; script-src 'self'");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(get("style.css", VIEWER).headers().firstValue("Content-Type").orElseThrow()).startsWith("text/css");
        assertThat(get("nothing", VIEWER).statusCode()).isEqualTo(404);
        try (ProducerTemplate node = NODE.createProducerTemplate()) {
            send(node, "gate");
            String id = id("gate");
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                CompletableFuture<HttpResponse<String>> frame = http.sendAsync(request("frames?seen=" + id + "-0", VIEWER), body());
                send(node, "gate");
                return frame.get().body();
            }, frame -> frame.contains("\"camera\":\"" + id) && frame.contains(JPG));
        }
    }

    @Test
    void requestsThatWaitHoldFourThreadsAtMostAndThePageIsServedMeanwhile() throws Exception {
        try (ProducerTemplate node = NODE.createProducerTemplate()) {
            send(node, "lawn");
            String id = id("lawn");
            List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, 12)
                    .mapToObj(i -> http.sendAsync(request("frames?seen=" + id + "-0", VIEWER), body())).toList();
            await().until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 8);
            assertThat(Thread.getAllStackTraces().values().stream()
                    .filter(stack -> Arrays.stream(stack).anyMatch(frame -> frame.getClassName().endsWith("SpringBootPlatformHttpConsumer"))))
                    .hasSize(4);
            assertThat(get("", VIEWER).statusCode()).isEqualTo(200);
            assertThat(waiting.stream().filter(CompletableFuture::isDone).count()).isEqualTo(8);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                send(node, "lawn");
                return waiting.stream().allMatch(CompletableFuture::isDone);
            });
        }
    }

    private static void send(ProducerTemplate node, String graph) throws Exception {
        int port = ((LvaGrpcConsumer) application.getBean(CamelContext.class).getRoute("extension").getConsumer()).getPort();
        node.requestBodyAndHeaders("lvagrpc:127.0.0.1:" + port + "?encoding=JPG",
                PictureCodec.encodeJpg(new BufferedImage(64, 36, BufferedImage.TYPE_3BYTE_BGR), 80),
                Map.of("CamelLvaGrpcGraphInstanceName", graph));
    }

    private String id(String graph) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> get("cameras", VIEWER).body(), list -> list.contains("\"" + graph + "\""))
                .replaceFirst(".*\"id\":\"([0-9a-f]+)\",\"name\":\"" + graph + "\".*", "$1");
    }

    private HttpResponse<String> get(String path, String credentials) throws IOException, InterruptedException {
        return http.send(request(path, credentials), body());
    }

    private static HttpRequest request(String path, String credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + "/live/" + path));
        if (credentials != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request.timeout(Duration.ofSeconds(30)).build();
    }

    private static HttpResponse.BodyHandler<String> body() {
        return HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1);
    }
}
