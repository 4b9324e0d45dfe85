package io.github.camellva.view;

import java.nio.ByteBuffer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response of a Vert.x server, which the view writes itself: Camel's consumer takes an answer for sent as soon as the server has it,
 * and so nobody would count what viewers have yet to read.
 */
final class VertxResponse {

    private static final Logger LOG = LoggerFactory.getLogger(VertxResponse.class);

    private static final String MESSAGE = "org.apache.camel.component.platform.http.vertx.HttpMessage";

    private VertxResponse() {
    }

    /** Whether a message has such a response. To be asked first: applications need not have Vert.x. */
    static boolean isOf(Message message) {
        return message.getClass().getName().equals(MESSAGE);
    }

    /**
     * Whether a viewer asks for more without having read what was sent: a request is much shorter than its answer. If so, the connection
     * ends with what is on its way.
     */
    static boolean endIfUnread(Message message) {
        HttpMessage vertx = (HttpMessage) message;
        boolean unread = vertx.getResponse().writeQueueFull();
        if (unread) {
            vertx.getRequest().connection().close();
        }
        return unread;
    }

    /** @param sent run when the answer has been sent, or the viewer has gone */
    static void write(Message message, ByteBuffer body, Runnable sent) {
        boolean written = false;
        try {
            HttpServerResponse response = ((HttpMessage) message).getResponse();
            response.setStatusCode(message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class));
            message.getHeaders().forEach((name, value) -> {
                if (!name.startsWith("Camel")) {
                    response.putHeader(name, value.toString());
                }
            });
            response.end(Buffer.buffer(body.array())).onComplete(result -> sent.run());
            written = true;
        } catch (IllegalStateException e) {
            LOG.debug("A viewer has gone before its answer: {}", e.getMessage());
        } finally {
            if (!written) {
                sent.run();
            }
        }
    }
}
