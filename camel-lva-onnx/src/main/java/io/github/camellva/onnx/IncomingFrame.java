package io.github.camellva.onnx;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.onnx.detect.FramePixels;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.apache.camel.Message;

/** Reads the frame of a message, as {@code lvagrpc:} and {@code lvavideo:} make them, or a picture in memory. */
public final class IncomingFrame {

    private static final String RAW = "RAW";

    private IncomingFrame() {
    }

    /** @throws FrameException if there is no frame, or it is not what the headers say */
    public static FramePixels of(Message message) throws FrameException {
        if (message.getBody() instanceof BufferedImage picture) {
            return FramePixels.of(picture);
        }
        ByteBuffer frame = message.getBody(ByteBuffer.class);
        if (frame == null) {
            throw new FrameException((message.getBody() == null
                    ? "the message has no body" : "the body is a " + message.getBody().getClass().getName())
                                     + "; a frame of RAW, JPG, PNG or BMP, or a BufferedImage is accepted");
        }
        return RAW.equals(message.getHeader(LvaGrpcConstants.ENCODING, String.class))
                ? FramePixels.ofRaw(frame, format(message))
                : FramePixels.ofPicture(frame);
    }

    private static SampleFormat format(Message message) throws FrameException {
        try {
            return SampleFormat.raw(
                    pixelFormat(message.getHeader(LvaGrpcConstants.PIXEL_FORMAT, String.class)),
                    message.getHeader(LvaGrpcConstants.WIDTH, 0, int.class),
                    message.getHeader(LvaGrpcConstants.HEIGHT, 0, int.class),
                    message.getHeader(LvaGrpcConstants.STRIDE_BYTES, 0, int.class), FramePixels.MOST_BYTES);
        } catch (FormatException e) {
            throw new FrameException(e.getMessage(), e);
        }
    }

    private static PixelFormat pixelFormat(String name) throws FrameException {
        try {
            return PixelFormat.valueOf(String.valueOf(name));
        } catch (IllegalArgumentException e) {
            throw new FrameException("the header " + LvaGrpcConstants.PIXEL_FORMAT + " of the RAW frame is "
                                     + Printable.of(String.valueOf(name)) + "; RGB24, BGR24, YUV420P and the others of lvagrpc"
                                     + " are accepted", e);
        }
    }
}
