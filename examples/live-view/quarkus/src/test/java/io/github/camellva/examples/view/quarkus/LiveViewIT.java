package io.github.camellva.examples.view.quarkus;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.ChildProcess;
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

import static org.assertj.core.api.Assertions.assertThat;

/** The application that Quarkus has built, in a JVM of its own. */
@Timeout(240)
class LiveViewIT {

    private static final String VIEWER = "alice:wonderland";
    private static final String JPG = "\u00ff\u00d8\u00ff";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private static ChildProcess application;
    private static int extension;
    private static int server;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
        command.environment().putAll(Map.of("EXTENSION_PORT", "0", "QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", "0"));
        application = ChildProcess.start(command, line -> { });
        server = port("Listening on: http://[^:]+:(\\d+)");
        extension = port("Route extension serves nodes on [^:]+:(\\d+)");
    }

    @AfterAll
    static void stop() {
        application.close();
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
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(get("nothing", VIEWER).statusCode()).isEqualTo(404);
        try (CamelContext node = new DefaultCamelContext(); ProducerTemplate template = node.createProducerTemplate()) {
            node.start();
            send(template);
            String id = get("cameras", VIEWER).body().replaceFirst(".*\"id\":\"([0-9a-f]+)\",\"name\":\"gate\".*", "$1");
            assertThat(id).matches("[0-9a-f]{12}");
            String frame = "";
            for (int i = 0; i < 100 && !frame.contains(JPG); i++) {
                CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request("frames?seen=" + id + "-0", VIEWER), body());
                send(template);
                frame = answer.get().body();
            }
            assertThat(frame).contains("\"camera\":\"" + id, JPG);
        }
    }

    private static void send(ProducerTemplate node) throws Exception {
        node.requestBodyAndHeaders("lvagrpc:127.0.0.1:" + extension + "?encoding=JPG",
                PictureCodec.encodeJpg(new BufferedImage(64, 36, BufferedImage.TYPE_3BYTE_BGR), 80),
                Map.of("CamelLvaGrpcGraphInstanceName", "gate"));
    }

    private static int port(String pattern) throws InterruptedException {
        return Integer.parseInt(application.awaitLine(Pattern.compile(pattern), START_TIMEOUT).group(1));
    }

    private HttpResponse<String> get(String path, String credentials) throws IOException, InterruptedException {
        return http.send(request(path, credentials), body());
    }

    private static HttpRequest request(String path, String credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server + "/live/" + path));
        if (credentials != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request.timeout(Duration.ofSeconds(30)).build();
    }

    private static HttpResponse.BodyHandler<String> body() {
        return HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1);
    }
}
