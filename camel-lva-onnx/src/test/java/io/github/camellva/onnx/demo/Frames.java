package io.github.camellva.onnx.demo;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;

/** Frames as {@code lvagrpc:} puts them into messages. */
public final class Frames {

    private static final byte BRIGHT = (byte) 250;
    private static final byte DARK = 40;

    private Frames() {
    }

    /** A dark frame in RGB24 with a bright rectangle. */
    public static byte[] withRectangle(int width, int height, int left, int top, int rectangleWidth, int rectangleHeight) {
        byte[] frame = new byte[width * height * 3];
        Arrays.fill(frame, DARK);
        for (int y = top; y < top + rectangleHeight; y++) {
            int start = (y * width + left) * 3;
            Arrays.fill(frame, start, start + rectangleWidth * 3, BRIGHT);
        }
        return frame;
    }

    /** Bare pixels in packed rows. */
    public static Message raw(String pixelFormat, int width, int height, byte[] frame) {
        return raw(pixelFormat, width, height, 0, ByteBuffer.wrap(frame).asReadOnlyBuffer());
    }

    public static Message raw(String pixelFormat, int width, int height, int strideBytes, ByteBuffer frame) {
        Message message = encoded("RAW", frame);
        message.setHeader(LvaGrpcConstants.PIXEL_FORMAT, pixelFormat);
        message.setHeader(LvaGrpcConstants.WIDTH, width);
        message.setHeader(LvaGrpcConstants.HEIGHT, height);
        message.setHeader(LvaGrpcConstants.STRIDE_BYTES, strideBytes);
        return message;
    }

    public static Message encoded(String encoding, ByteBuffer frame) {
        Message message = new DefaultMessage(new DefaultCamelContext());
        message.setBody(frame);
        message.setHeader(LvaGrpcConstants.ENCODING, encoding);
        return message;
    }
}
