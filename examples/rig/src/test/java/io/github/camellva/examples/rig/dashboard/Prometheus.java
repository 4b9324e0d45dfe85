package io.github.camellva.examples.rig.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.examples.rig.ChildProcess;

/** The program {@code prometheus} of this machine, which reads meters of one address. */
final class Prometheus implements AutoCloseable {

    private static final int STEP_SECONDS = 5;

    private final Instant started = Instant.now();
    private final int port;
    private final ChildProcess process;

    /** @param directory for its configuration and its data */
    Prometheus(Path directory, int meters) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                scrape_configs:
                  - job_name: extension
                    scrape_interval: %ds
                    static_configs:
                      - targets: ["127.0.0.1:%d"]
                """.formatted(STEP_SECONDS, meters));
        process = ChildProcess.start(new ProcessBuilder(
                "prometheus", "--config.file=" + configuration, "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port, "--log.level=warn"), line -> { });
    }

    /** Everything since the start. */
    JsonNode range(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query_range?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&start=" + started.getEpochSecond()
                + "&end=" + Instant.now().getEpochSecond() + "&step=" + STEP_SECONDS)).build();
        return new ObjectMapper().readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body()).at("/data/result");
    }

    @Override
    public void close() throws InterruptedException {
        process.kill();
    }
}
