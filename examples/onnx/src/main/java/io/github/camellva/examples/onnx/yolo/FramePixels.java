package io.github.camellva.examples.onnx.yolo;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.FramePreparation;
import io.github.camellva.grpc.media.PreparedFrame;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.apache.camel.Message;

/**
 * The pixels of a frame where they lie.
 *
 * @param bytes  of the frame from position 0 on
 * @param format RAW, of a pixel format with a byte for each component
 */
public record FramePixels(ByteBuffer bytes, SampleFormat format) {

    private static final int MOST_BYTES = 64 << 20;
    /** For frames that must be decoded anyway. */
    private static final FramePreparation TO_RGB
            = new FramePreparation(Optional.empty(), Encoding.RAW, PixelFormat.RGB24, 0, 0, MOST_BYTES);

    /**
     * Of a message that {@code lvagrpc:} made. RAW frames with a byte for each component stay where they are, others are
     * decoded.
     *
     * @throws FrameException if there is no frame, or it is not what the headers say
     */
    public static FramePixels of(Message message) throws FrameException {
        ByteBuffer frame = message.getBody(ByteBuffer.class);
        if (frame == null) {
            throw new FrameException("the sample has no picture; frames of RAW, JPG, PNG and BMP are accepted");
        }
        return Encoding.RAW.name().equals(message.getHeader(LvaGrpcConstants.ENCODING))
                ? ofRaw(frame, rawFormat(message))
                : decoded(TO_RGB.prepare(frame));
    }

    public int width() {
        return format.width();
    }

    public int height() {
        return format.height();
    }

    /** Copies a row, as far as it has pixels. */
    void row(int y, byte[] row) {
        bytes.get(y * format.strideBytes(), row);
    }

    int bytesPerPixel() {
        return format.pixelFormat() == PixelFormat.RGB24 || format.pixelFormat() == PixelFormat.BGR24 ? 3 : 4;
    }

    /** Where red, green and blue are in the bytes of a pixel. */
    int[] componentOffsets() {
        return switch (format.pixelFormat()) {
            case RGB24, RGBA -> new int[] { 0, 1, 2 };
            case BGR24, BGRA -> new int[] { 2, 1, 0 };
            case ARGB -> new int[] { 1, 2, 3 };
            case ABGR -> new int[] { 3, 2, 1 };
            default -> throw new IllegalStateException(format + " has no byte for each component");
        };
    }

    private static FramePixels ofRaw(ByteBuffer frame, SampleFormat format) throws FrameException {
        return switch (format.pixelFormat()) {
            case RGB24, BGR24, RGBA, BGRA, ARGB, ABGR -> {
                format.frameBytesOf(frame.remaining());
                yield new FramePixels(frame.slice(), format);
            }
            default -> decoded(TO_RGB.prepare(frame, format));
        };
    }

    private static FramePixels decoded(PreparedFrame frame) {
        return new FramePixels(frame.bytes(), frame.format());
    }

    private static SampleFormat rawFormat(Message message) throws FrameException {
        try {
            return SampleFormat.raw(
                    PixelFormat.valueOf(message.getHeader(LvaGrpcConstants.PIXEL_FORMAT, String.class)),
                    message.getHeader(LvaGrpcConstants.WIDTH, 0, int.class),
                    message.getHeader(LvaGrpcConstants.HEIGHT, 0, int.class),
                    message.getHeader(LvaGrpcConstants.STRIDE_BYTES, 0, int.class), MOST_BYTES);
        } catch (FormatException e) {
            throw new FrameException(e.getMessage(), e);
        }
    }
}
