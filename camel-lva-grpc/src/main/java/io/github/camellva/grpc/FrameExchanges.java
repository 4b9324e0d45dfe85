package io.github.camellva.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.stream.Frame;
import io.github.camellva.grpc.stream.SessionDescription;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.MessageHelper;

/** A frame becomes the message of an exchange, and the message that a route ends with becomes the answer. */
final class FrameExchanges {

    private FrameExchanges() {
    }

    /** @param content of the frame; null when it has none, or none that can be used */
    static void fill(Exchange exchange, Frame frame, ByteBuffer content) {
        Message message = new FrameMessage(exchange.getContext());
        message.setBody(content);
        describeSession(message, frame.session());
        message.setHeader(LvaGrpcConstants.SEQUENCE_NUMBER, frame.sequenceNumber());
        message.setHeader(LvaGrpcConstants.TIMESTAMP, frame.timestamp());
        message.setHeader(LvaGrpcConstants.DATA_TRANSFER, frame.dataTransfer().label());
        if (!frame.inferences().isEmpty()) {
            message.setHeader(LvaGrpcConstants.INFERENCES, frame.inferences());
        }
        exchange.setIn(message);
    }

    /**
     * What a route found.
     *
     * @param  content                  the frame that the route was given
     * @throws IllegalArgumentException saying what the message's body is and what it may be
     */
    static List<Inference> answerOf(Message message, ByteBuffer content) {
        MessageHelper.resetStreamCache(message);
        if (message instanceof FrameMessage untouched && untouched.hasBody(content)) {
            return List.of();
        }
        Object body = message.getBody();
        if (body == null || isFrame(body, content)) {
            return List.of();
        } else if (body instanceof Iterable<?> iterable) {
            List<Inference> inferences = new ArrayList<>();
            for (Object element : iterable) {
                inferences.addAll(inferencesOf(element, "an element of the answer"));
            }
            return inferences;
        }
        return inferencesOf(body, "the answer");
    }

    /** Whether a body is the frame in another message, or a view of it that has been read. */
    private static boolean isFrame(Object body, ByteBuffer content) {
        return content != null && body instanceof ByteBuffer buffer && buffer.duplicate().clear().equals(content);
    }

    private static void describeSession(Message message, SessionDescription session) {
        message.setHeader(LvaGrpcConstants.SESSION_ID, session.id());
        message.setHeader(LvaGrpcConstants.REMOTE_ADDRESS, session.remoteAddress());
        message.setHeader(LvaGrpcConstants.TIMESCALE, session.timescale());
        setUnlessEmpty(message, LvaGrpcConstants.GRAPH_INSTANCE_NAME, session.graph().getGraphInstanceName());
        setUnlessEmpty(message, LvaGrpcConstants.GRAPH_NODE_NAME, session.graph().getGraphNodeName());
        setUnlessEmpty(message, LvaGrpcConstants.MEDIA_SERVICES_ARM_ID, session.graph().getMediaServicesArmId());
        setUnlessEmpty(message, LvaGrpcConstants.EXTENSION_CONFIGURATION, session.extensionConfiguration());
        session.format().ifPresent(format -> describeFormat(message, format));
        // tracers of Camel look for it there
        session.traceContext().forEach(message::setHeader);
    }

    private static void describeFormat(Message message, SampleFormat format) {
        message.setHeader(LvaGrpcConstants.ENCODING, format.encoding().name());
        message.setHeader(LvaGrpcConstants.PIXEL_FORMAT, format.pixelFormat().name());
        message.setHeader(LvaGrpcConstants.WIDTH, format.width());
        message.setHeader(LvaGrpcConstants.HEIGHT, format.height());
        message.setHeader(LvaGrpcConstants.STRIDE_BYTES, format.strideBytes());
        message.setHeader(LvaGrpcConstants.CONTENT_TYPE, format.contentType());
    }

    private static void setUnlessEmpty(Message message, String header, String value) {
        if (!value.isEmpty()) {
            message.setHeader(header, value);
        }
    }

    private static byte[] readAll(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Inference> inferencesOf(Object value, String what) {
        if (value instanceof Inference inference) {
            return List.of(inference);
        } else if (value instanceof MediaSample sample) {
            return sample.getInferencesList();
        } else if (value instanceof InferenceDocument document) {
            return document.inferences();
        } else if (value instanceof Map<?, ?> map) {
            return InferenceDocument.ofMaps(map).inferences();
        } else if (value instanceof String json) {
            return json.isBlank() ? List.of() : InferenceDocument.parse(json).inferences();
        } else if (value instanceof byte[] json) {
            return json.length == 0 ? List.of() : InferenceDocument.parse(json).inferences();
        } else if (value instanceof InputStream json) {
            return inferencesOf(readAll(json), what);
        }
        throw new IllegalArgumentException(
                what + " is a " + (value == null ? "null" : value.getClass().getName())
                                           + "; a route may end with an Inference, an Iterable of them, a MediaSample, or the inference"
                                           + " document as a String, byte[], InputStream, Map or List of Maps; with null, an empty"
                                           + " text or the frame itself when nothing was found");
    }
}
