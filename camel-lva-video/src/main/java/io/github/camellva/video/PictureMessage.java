package io.github.camellva.video;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.video.source.Frame;
import org.apache.camel.CamelContext;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultMessage;

/**
 * The message made of a frame. Each reader of the body gets its own view of the buffer, so that reading it, or converting it,
 * leaves it whole for the next reader.
 */
final class PictureMessage extends DefaultMessage {

    private static final int TICKS_PER_SECOND = 90_000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private PictureMessage(CamelContext context) {
        super(context);
    }

    static PictureMessage of(CamelContext context, Frame frame, long number, LvaVideoConfiguration names) {
        PictureMessage message = new PictureMessage(context);
        message.setBody(ByteBuffer.wrap(frame.picture().bytes()).asReadOnlyBuffer());
        message.setHeader(LvaGrpcConstants.SEQUENCE_NUMBER, number);
        message.setHeader(LvaGrpcConstants.TIMESTAMP, ticks(frame.takenMicros()));
        message.setHeader(LvaGrpcConstants.TIMESCALE, TICKS_PER_SECOND);
        message.describe(frame.picture().format());
        message.setUnlessNull(LvaGrpcConstants.GRAPH_INSTANCE_NAME, names.getGraphInstanceName());
        message.setUnlessNull(LvaGrpcConstants.GRAPH_NODE_NAME, names.getGraphNodeName());
        message.setUnlessNull(LvaGrpcConstants.EXTENSION_CONFIGURATION, names.getExtensionConfiguration());
        return message;
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
    public PictureMessage newInstance() {
        return new PictureMessage(getCamelContext());
    }

    private static long ticks(long micros) {
        return micros / MICROS_PER_SECOND * TICKS_PER_SECOND + micros % MICROS_PER_SECOND * TICKS_PER_SECOND / MICROS_PER_SECOND;
    }

    private void describe(SampleFormat format) {
        setHeader(LvaGrpcConstants.ENCODING, format.encoding().name());
        setHeader(LvaGrpcConstants.PIXEL_FORMAT, format.pixelFormat().name());
        setHeader(LvaGrpcConstants.WIDTH, format.width());
        setHeader(LvaGrpcConstants.HEIGHT, format.height());
        setHeader(LvaGrpcConstants.STRIDE_BYTES, format.strideBytes());
        setHeader(LvaGrpcConstants.CONTENT_TYPE, format.contentType());
    }

    private void setUnlessNull(String header, String value) {
        if (value != null) {
            setHeader(header, value);
        }
    }
}
