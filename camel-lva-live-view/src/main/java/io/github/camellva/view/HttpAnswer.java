package io.github.camellva.view;

import java.io.StringWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Makes a message the answer to a request, with the headers that keep a browser from doing more than the page needs. */
final class HttpAnswer {

    static final String JSON = "application/json; charset=utf-8";

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                                         + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String NO_STORE = "no-store";
    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final JsonFactory FACTORY = new JsonFactory();

    private HttpAnswer() {
    }

    static void ok(Exchange exchange, String contentType, ByteBuffer body) {
        set(exchange, OK, contentType, body);
    }

    /** @param millis from one request for frames to the next, when there is no room to wait */
    static void askAtIntervals(Exchange exchange, long millis) {
        exchange.getMessage().setHeader("Lva-View-Interval", millis);
    }

    static void redirect(Exchange exchange, String location) {
        error(exchange, 302, "the page is at " + location);
        exchange.getMessage().setHeader("Location", location);
    }

    static void notFound(Exchange exchange) {
        error(exchange, 404, "there is no such page; the view is at the path of its route, with a slash at the end");
    }

    static void methodNotAllowed(Exchange exchange) {
        error(exchange, 405, "only GET is accepted");
        exchange.getMessage().setHeader("Allow", "GET");
    }

    static void unavailable(Exchange exchange, String reason) {
        error(exchange, SERVICE_UNAVAILABLE, reason);
    }

    private static void error(Exchange exchange, int code, String reason) {
        set(exchange, code, JSON, utf8(json(reason)));
    }

    private static void set(Exchange exchange, int code, String contentType, ByteBuffer body) {
        Message message = exchange.getMessage();
        ServletHeaders.set(message, CachingHeaders.NAME, NO_STORE);
        // those of the request, which would be sent back
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, code);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setHeader("Content-Security-Policy", POLICY);
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader(CachingHeaders.NAME, NO_STORE);
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        message.setBody(body);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String reason) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("error", reason);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
