package io.github.camellva.video;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Cameras that send one JPG picture after the other by HTTP. */
@Timeout(60)
class HttpCameraIT {

    private HttpServer server;
    private byte[] picture;

    @BeforeEach
    void start() throws IOException {
        ByteArrayOutputStream jpg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(160, 120, BufferedImage.TYPE_3BYTE_BGR), "jpg", jpg);
        picture = jpg.toByteArray();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/video", this::send);
        HttpContext guarded = server.createContext("/guarded", this::send);
        guarded.setAuthenticator(new BasicAuthenticator("camera") {
            @Override
            public boolean checkCredentials(String username, String password) {
                return username.equals("admin") && password.equals("p@ss:w/rd");
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itsPicturesArePassedOnUntouched() throws Exception {
        try (Watched watched = Watched.start(address("/video") + "?format=JPG")) {
            watched.awaitFrames(5);
            assertThat(watched.seen()).allSatisfy(frame -> assertThat(frame.body()).isEqualTo(picture));
            watched.assertThatTimestampsGrow();
        }
    }

    @Test
    void theyAreDecodedForOthers() throws Exception {
        try (Watched watched = Watched.start(address("/video"))) {
            watched.awaitFrames(5);
            assertThat(watched.seen().get(0).body()).hasSize(160 * 120 * 3);
        }
    }

    @Test
    void whatWantsAPasswordGetsIt() throws Exception {
        try (Watched watched = Watched.start(address("/guarded") + "?username=admin&password=RAW(p@ss:w/rd)")) {
            watched.awaitFrames(2);
        }
    }

    @Test
    void whatWantsAPasswordAndGetsNoneIsTold() throws Exception {
        try (Watched watched = Watched.start(address("/guarded"))) {
            watched.awaitState("waiting to reconnect");
            assertThat(watched.consumer().getLastError()).contains("refuses the user name or the password");
        }
    }

    @Test
    void whatIsNotThereIsTold() throws Exception {
        try (Watched watched = Watched.start(address("/nothing"))) {
            watched.awaitState("waiting to reconnect");
            assertThat(watched.consumer().getLastError()).contains("cannot be reached: Server returned 404 Not Found");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "localhost");
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        https.setExecutor(Executors.newCachedThreadPool());
        https.createContext("/video", this::send);
        https.start();
        String address = "lvavideo:https://localhost:" + https.getAddress().getPort() + "/video?";
        try (Watched refused = Watched.start(address + "format=BGR24");
             Watched trusting = Watched.start(address + "ffmpeg.ca_file=" + certificate.certificate())) {
            refused.awaitState("waiting to reconnect");
            assertThat(refused.consumer().getLastError()).contains("cannot be reached: its certificate is not trusted");
            trusting.awaitFrames(2);
        } finally {
            https.stop(0);
        }
    }

    private String address(String path) {
        return "lvavideo:http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Until the client leaves. */
    private void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "multipart/x-mixed-replace; boundary=picture");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(("--picture\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(picture);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }
}
