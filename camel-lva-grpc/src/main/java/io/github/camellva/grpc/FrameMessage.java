package io.github.camellva.grpc;

import java.nio.ByteBuffer;

import org.apache.camel.CamelContext;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultMessage;

/**
 * A message whose body is a frame. Everybody who asks for the body gets a view of his own, so that reading it, or converting it
 * with a converter that consumes a buffer as Camel's own does before 4.22, leaves it whole for the next.
 */
final class FrameMessage extends DefaultMessage {

    private final ByteBuffer frame;

    /** @param frame read-only, position 0, limit its capacity; null for a sample without content */
    FrameMessage(CamelContext context, ByteBuffer frame) {
        super(context);
        this.frame = frame;
        setBody(frame);
    }

    @Override
    public Object getBody() {
        Object body = super.getBody();
        return body != null && body == frame ? frame.duplicate() : body;
    }

    @Override
    public <T> T getMandatoryBody(Class<T> type) throws InvalidPayloadException {
        // the inherited method hands out the body itself when it is of that type already
        Object body = getBody();
        return type.isInstance(body) ? type.cast(body) : super.getMandatoryBody(type);
    }

    @Override
    public FrameMessage newInstance() {
        return new FrameMessage(getCamelContext(), frame);
    }

    @Override
    public void setBody(Object body) {
        // a copy of this message is given a view of the frame, and must be as good as this one
        super.setBody(isFrame(body, frame) ? frame : body);
    }

    /** Whether a body is a frame, or a view of it that was read or not. */
    static boolean isFrame(Object body, ByteBuffer frame) {
        return frame != null && body instanceof ByteBuffer buffer && (buffer == frame || buffer.duplicate().clear().equals(frame));
    }
}
