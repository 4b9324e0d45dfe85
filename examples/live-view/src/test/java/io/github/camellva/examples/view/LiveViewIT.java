package io.github.camellva.examples.view;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import io.github.camellva.examples.rig.RunningRoutes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class LiveViewIT {

    private static final String BEGIN_OF_JPG = "\u00ff\u00d8\u00ff";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void fourCamerasAreShownWithWhatMoves() throws Exception {
        int port = freePort();
        try (RunningRoutes routes = RunningRoutes.start(main -> {
            main.addOverrideProperty("http.port", String.valueOf(port));
            main.addOverrideProperty("extension.port", String.valueOf(freePort()));
        })) {
            URI page = URI.create("http://127.0.0.1:" + port + "/live/");
            assertThat(get(page)).contains("<!DOCTYPE html>");
            String cameras = await().atMost(Duration.ofSeconds(60)).until(() -> get(page.resolve("cameras")),
                    list -> list.contains("camera 1") && list.contains("camera 2") && list.contains("camera 3") && list.contains("camera 4"));
            assertThat(cameras).doesNotContain("\"sent\"");
            String id = cameras.replaceFirst(".*?\"id\":\"([0-9a-f]+)\".*", "$1");
            await().atMost(Duration.ofSeconds(30)).until(() -> get(page.resolve("frames?seen=" + id + "-0")),
                    frame -> frame.contains("\"type\":\"motion\"") && frame.contains(BEGIN_OF_JPG));
        }
    }

    /** As docs/live-view.md has it. */
    @Test
    void whoeverShowsNoPasswordSeesNothing(@TempDir Path directory) throws Exception {
        int port = freePort();
        Path users = Files.writeString(directory.resolve("users.properties"), "user.alice = wonderland,viewer\n");
        try (RunningRoutes routes = RunningRoutes.start(main -> {
            main.configure().withAutoStartup(false);
            main.addOverrideProperty("http.port", String.valueOf(port));
            main.addOverrideProperty("camel.server.authentication-enabled", "true");
            main.addOverrideProperty("camel.server.authentication-path", "/live/*");
            main.addOverrideProperty("camel.server.basic-properties-file", users.toString());
        })) {
            routes.context().getRouteController().startRoute("page");
            for (String path : List.of("", "/", "/app.js", "/cameras", "/frames?seen=", "/nothing")) {
                assertThat(status(port, path, "")).as(path).isEqualTo(401);
                assertThat(status(port, path, "alice:looking-glass")).as(path).isEqualTo(401);
            }
            assertThat(status(port, "/", "alice:wonderland")).isEqualTo(200);
            assertThat(status(port, "/cameras", "alice:wonderland")).isEqualTo(200);
            assertThat(status(port, "/nothing", "alice:wonderland")).isEqualTo(404);
        }
    }

    private int status(int port, String path, String credentials) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/live" + path));
        if (!credentials.isEmpty()) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String get(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1)).body();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
