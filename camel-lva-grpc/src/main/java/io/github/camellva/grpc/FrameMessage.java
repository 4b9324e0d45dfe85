package io.github.camellva.grpc;

import java.nio.ByteBuffer;

import org.apache.camel.CamelContext;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultMessage;

/**
 * A message that gives everybody who asks for a buffer in its body a view of his own, so that reading it, or converting it with a
 * converter that consumes a buffer as Camel's own does before 4.22, leaves it whole for the next.
 */
final class FrameMessage extends DefaultMessage {

    FrameMessage(CamelContext context) {
        super(context);
    }

    @Override
    public Object getBody() {
        return super.getBody() instanceof ByteBuffer buffer ? buffer.duplicate() : super.getBody();
    }

    @Override
    public <T> T getBody(Class<T> type) {
        Object body = getBody();
        // the inherited method would look for a converter of the message itself then, of which there is none
        return body == null && !type.isPrimitive() ? null : getBody(type, body);
    }

    @Override
    public <T> T getMandatoryBody(Class<T> type) throws InvalidPayloadException {
        // the inherited method hands out the body itself when it is of that type already
        Object body = getBody();
        return type.isInstance(body) ? type.cast(body) : super.getMandatoryBody(type);
    }

    @Override
    public FrameMessage newInstance() {
        return new FrameMessage(getCamelContext());
    }

    /** Whether the body still is the very buffer that was set. */
    boolean hasBody(ByteBuffer frame) {
        return super.getBody() == frame;
    }
}
