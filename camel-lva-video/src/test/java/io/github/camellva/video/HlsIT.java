package io.github.camellva.video;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A playlist and its segments, made by the program ffmpeg. Tests are skipped where that is not installed. */
@Timeout(60)
class HlsIT {

    @TempDir
    private static Path directory;

    private HttpServer server;

    @BeforeAll
    static void makeThePlaylist() throws Exception {
        assumeTrue(run("ffmpeg", "-version"), "no HLS: the program ffmpeg is not installed");
        assertThat(run("ffmpeg", "-nostdin", "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=3", "-c:v", "mpeg2video", "-g", "25", "-bf", "0",
                "-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod", directory.resolve("street.m3u8").toString())).isTrue();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void everyFrameOfAPlaylistComes() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        assertThatEveryFrameComes("http", "");
    }

    @Test
    void everyFrameOfAPlaylistComesByHttps() throws Exception {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestCertificate certificate = TestCertificate.make(directory, "localhost");
        https.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        server = https;
        assertThatEveryFrameComes("https", "?ffmpeg.ca_file=" + certificate.certificate());
    }

    private void assertThatEveryFrameComes(String scheme, String options) throws Exception {
        List<String> requests = new ArrayList<>();
        server.createContext("/", exchange -> send(exchange, requests));
        server.start();
        try (Watched watched = Watched.start("lvavideo:" + scheme + "://localhost:" + server.getAddress().getPort() + "/street.m3u8" + options)) {
            watched.awaitState("ended");
            assertThat(watched.seen()).hasSize(75);
            watched.assertThatTimestampsGrow();
            assertThat(requests).contains("/street.m3u8", "/street0.ts", "/street1.ts", "/street2.ts");
        }
    }

    private static void send(HttpExchange exchange, List<String> requests) throws IOException {
        requests.add(exchange.getRequestURI().getPath());
        byte[] file = Files.readAllBytes(directory.resolve(exchange.getRequestURI().getPath().substring(1)));
        try (exchange) {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
        }
    }

    /** Whether a program is there and succeeds. */
    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
