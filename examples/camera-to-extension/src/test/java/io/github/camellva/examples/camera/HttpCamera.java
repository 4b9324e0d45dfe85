package io.github.camellva.examples.camera;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A network camera that sends one JPG picture after the other, to those who know its password. */
final class HttpCamera implements AutoCloseable {

    private final HttpServer server;

    private HttpCamera(HttpServer server) {
        this.server = server;
    }

    static HttpCamera start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "camera");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/stream", HttpCamera::send).setAuthenticator(new BasicAuthenticator("camera") {
            @Override
            public boolean checkCredentials(String username, String password) {
                return username.equals("admin") && password.equals("secret");
            }
        });
        server.start();
        return new HttpCamera(server);
    }

    String url() {
        return "http://admin:secret@127.0.0.1:" + server.getAddress().getPort() + "/stream/1?token=secret";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "multipart/x-mixed-replace; boundary=picture");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int index = 0; true; index = (index + 1) % Clip.FRAMES) {
                byte[] picture = Clip.picture(index, "jpg");
                String head = "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length + "\r\n\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(picture);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }
}
