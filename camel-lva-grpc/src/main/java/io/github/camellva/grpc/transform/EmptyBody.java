package io.github.camellva.grpc.transform;

import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/** Takes the body from a message. */
public final class EmptyBody {

    private EmptyBody() {
    }

    /** @return the message, or the one that takes its place: messages of files and of JMS make their body anew when it is null */
    public static Message of(Message message) {
        message.setBody(null);
        if (message.getBody() == null) {
            return message;
        }
        Message empty = new DefaultMessage(message.getExchange());
        empty.copyFromWithNewBody(message, null);
        message.getExchange().setMessage(empty);
        return empty;
    }
}
