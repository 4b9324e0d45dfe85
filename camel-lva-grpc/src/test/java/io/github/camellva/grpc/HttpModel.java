package io.github.camellva.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camellva.grpc.inference.InferenceDocument;

import static io.github.camellva.grpc.Messages.entity;

/** A model server of the simple kind: it finds a car in what it gets, and reads no body whose length it is not told. */
final class HttpModel implements AutoCloseable {

    private static final int OK = 200;
    private static final int LENGTH_REQUIRED = 411;

    private HttpServer server;
    private int port;

    HttpModel() {
        start();
    }

    int port() {
        return port;
    }

    /** On the port that it had before, if it was stopped. */
    void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/score", HttpModel::score);
        server.start();
        port = server.getAddress().getPort();
    }

    /** Connections to it are refused from now on. */
    @Override
    public void close() {
        server.stop(0);
    }

    private static void score(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestHeaders().getFirst("Content-Length") == null) {
                exchange.sendResponseHeaders(LENGTH_REQUIRED, -1);
                return;
            }
            exchange.getRequestBody().readAllBytes();
            byte[] document = new InferenceDocument(0, List.of(entity("car"))).toJson().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(OK, document.length);
            exchange.getResponseBody().write(document);
        }
    }
}
