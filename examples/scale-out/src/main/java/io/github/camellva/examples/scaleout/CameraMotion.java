package io.github.camellva.examples.scaleout;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.camellva.examples.rig.MotionDetector;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Inference;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Finds what moves in the pictures of each camera, also when its session goes on at another gateway. A model of yours takes the
 * place of this class, and may ask for the same, or for less.
 */
public class CameraMotion {

    /** That one worker looks at; of each, the last picture is kept. */
    private static final int MOST_CAMERAS = 64;

    private final MotionDetector detector = new MotionDetector(MOST_CAMERAS);

    public List<Inference> detect(
            @Body ByteBuffer pixels,
            @Header(LvaGrpcConstants.GRAPH_INSTANCE_NAME) String camera,
            @Header(LvaGrpcConstants.PIXEL_FORMAT) String pixelFormat,
            @Header(LvaGrpcConstants.WIDTH) int width,
            @Header(LvaGrpcConstants.HEIGHT) int height,
            @Header(LvaGrpcConstants.STRIDE_BYTES) int strideBytes) {
        return detector.detect(pixels, camera, pixelFormat, width, height, strideBytes);
    }
}
