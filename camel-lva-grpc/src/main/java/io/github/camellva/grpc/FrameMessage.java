package io.github.camellva.grpc;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.stream.DataTransfer;
import io.github.camellva.grpc.stream.Frame;
import io.github.camellva.grpc.stream.SessionDescription;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.trait.message.MessageTrait;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * The message made of a frame. Headers are filled when a step asks for one. Each reader of the body gets its own view of the
 * buffer: reading it, or converting it as Camel's converters did before 4.22, which consume the buffer, leaves it whole for the
 * next reader.
 */
final class FrameMessage extends DefaultMessage {

    /** What headers are filled from. */
    private @Nullable Origin origin;

    private record Origin(
            SessionDescription session, long sequenceNumber, long timestamp, DataTransfer transfer, List<Inference> inferences) {
    }

    /** @param content of the frame; null when it has none, or none that is usable */
    FrameMessage(CamelContext context, Frame frame, @Nullable ByteBuffer content) {
        super(context);
        this.origin = new Origin(
                frame.session(), frame.sequenceNumber(), frame.timestamp(), frame.dataTransfer(), frame.inferences());
        setBody(content);
    }

    private FrameMessage(CamelContext context) {
        super(context);
    }

    @Override
    public Object getBody() {
        return super.getBody() instanceof ByteBuffer buffer ? buffer.duplicate() : super.getBody();
    }

    @Override
    public <T> T getBody(Class<T> type) {
        Object body = getBody();
        // for null, the inherited method would look for a converter of the message itself; there is none
        return body == null && !type.isPrimitive() ? null : getBody(type, body);
    }

    @Override
    public <T> T getMandatoryBody(Class<T> type) throws InvalidPayloadException {
        // the inherited method returns the body itself, not a view
        Object body = getBody();
        return type.isInstance(body) ? type.cast(body) : super.getMandatoryBody(type);
    }

    /** For a copy, which takes over the headers of its original. */
    @Override
    public FrameMessage newInstance() {
        return new FrameMessage(getCamelContext());
    }

    /** Otherwise Camel assumes that a message has no headers until somebody asks for one. */
    @Override
    protected boolean isPopulateHeadersSupported() {
        return origin != null;
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> headers) {
        if (origin != null) {
            describeSession(headers, origin.session());
            headers.put(LvaGrpcConstants.SEQUENCE_NUMBER, origin.sequenceNumber());
            headers.put(LvaGrpcConstants.TIMESTAMP, origin.timestamp());
            headers.put(LvaGrpcConstants.DATA_TRANSFER, origin.transfer().label());
            if (!origin.inferences().isEmpty()) {
                headers.put(LvaGrpcConstants.INFERENCES, origin.inferences());
            }
        }
    }

    /** Camel copies the message at the end of a route. That alone does not fill the headers. */
    @Override
    public void copyFromWithNewBody(Message that, Object newBody) {
        if (that == this || !(that instanceof FrameMessage frame) || hasPopulatedHeaders() || frame.hasPopulatedHeaders()
                || frame.hasTrait(MessageTrait.ATTACHMENTS)) {
            super.copyFromWithNewBody(that, newBody);
            return;
        }
        if (getExchange() == null) {
            setExchange(frame.getExchange());
        }
        if (frame.hasMessageId()) {
            setMessageId(frame.getMessageId());
        }
        setBody(newBody);
        origin = frame.origin;
    }

    /** Whether the body is still the very buffer that was set. */
    boolean hasBody(@Nullable ByteBuffer frame) {
        return super.getBody() == frame;
    }

    /** Whether nobody has asked for a header, so that none can have been set. */
    boolean isUntouched() {
        return !hasPopulatedHeaders();
    }

    private static void describeSession(Map<String, Object> headers, SessionDescription session) {
        headers.put(LvaGrpcConstants.SESSION_ID, session.id());
        headers.put(LvaGrpcConstants.REMOTE_ADDRESS, session.remoteAddress());
        headers.put(LvaGrpcConstants.TIMESCALE, session.timescale());
        putUnlessEmpty(headers, LvaGrpcConstants.GRAPH_INSTANCE_NAME, session.graph().getGraphInstanceName());
        putUnlessEmpty(headers, LvaGrpcConstants.GRAPH_NODE_NAME, session.graph().getGraphNodeName());
        putUnlessEmpty(headers, LvaGrpcConstants.MEDIA_SERVICES_ARM_ID, session.graph().getMediaServicesArmId());
        putUnlessEmpty(headers, LvaGrpcConstants.EXTENSION_CONFIGURATION, session.extensionConfiguration());
        session.format().ifPresent(format -> describeFormat(headers, format));
        // where Camel's tracers look for it
        headers.putAll(session.traceContext());
    }

    private static void describeFormat(Map<String, Object> headers, SampleFormat format) {
        headers.put(LvaGrpcConstants.ENCODING, format.encoding().name());
        headers.put(LvaGrpcConstants.PIXEL_FORMAT, format.pixelFormat().name());
        headers.put(LvaGrpcConstants.WIDTH, format.width());
        headers.put(LvaGrpcConstants.HEIGHT, format.height());
        headers.put(LvaGrpcConstants.STRIDE_BYTES, format.strideBytes());
        headers.put(LvaGrpcConstants.CONTENT_TYPE, format.contentType());
    }

    private static void putUnlessEmpty(Map<String, Object> headers, String header, String value) {
        if (!value.isEmpty()) {
            headers.put(header, value);
        }
    }
}
