package io.github.camellva.examples.rig;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Stands in for a model server: takes JPEG pictures by HTTP, and finds the same in each. */
public final class StandInModel implements AutoCloseable {

    /** The tag of what it finds. */
    public static final String TAG = "car";

    private static final String FOUND = """
            {"inferences":[{"type":"entity","subtype":"objectDetection",\
            "entity":{"tag":{"value":"%s","confidence":0.9},"box":{"l":0.1,"t":0.2,"w":0.3,"h":0.4}}}]}""".formatted(TAG);
    private static final int OK = 200;
    private static final int LENGTH_REQUIRED = 411;
    private static final int NOT_A_PICTURE = 415;

    private final AtomicLong pictures = new AtomicLong();
    private final int port;
    private HttpServer server;

    public StandInModel() throws IOException {
        server = serve(0);
        port = server.getAddress().getPort();
    }

    /** On the port that it had before {@link #close}. */
    public void restart() throws IOException {
        server = serve(port);
    }

    private HttpServer serve(int wanted) throws IOException {
        HttpServer created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
        created.createContext("/score", this::score);
        created.start();
        return created;
    }

    /** Where pictures are to be sent. */
    public String url() {
        return "http://" + authority() + "/score";
    }

    /** Its host and port. */
    public String authority() {
        return "127.0.0.1:" + port;
    }

    /** That came so far. */
    public long pictures() {
        return pictures.get();
    }

    /** Connections are refused from now on. */
    @Override
    public void close() {
        server.stop(0);
    }

    private void score(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestHeaders().getFirst("Content-Length") == null) {
                answer(exchange, LENGTH_REQUIRED, "text/plain", "a body whose length is known is accepted");
            } else if (isPicture(exchange)) {
                pictures.incrementAndGet();
                answer(exchange, OK, "application/json", FOUND);
            } else {
                answer(exchange, NOT_A_PICTURE, "text/plain", "a JPEG picture is accepted");
            }
        }
    }

    private static boolean isPicture(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return "image/jpeg".equals(exchange.getRequestHeaders().getFirst("Content-Type"))
               && ImageIO.read(new ByteArrayInputStream(body)) != null;
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
