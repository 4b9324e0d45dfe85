package io.github.camellva.examples.rig;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Motion;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Finds what moves, by the difference of each frame to the one before it in the session, and how bright a frame is. The frames
 * of one session must come one after the other; sessions may come side by side.
 */
public class MotionDetector {

    private static final int MOST_SESSIONS = 16;

    /** By session, the longest unused first. */
    private final Map<String, Luma> previousFrames;

    public MotionDetector() {
        this(MOST_SESSIONS);
    }

    /** @param mostSessions whose last frame is kept, a byte for every pixel */
    public MotionDetector(int mostSessions) {
        previousFrames = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Luma> eldest) {
                return size() > mostSessions;
            }
        };
    }

    /** What is found in a frame; of the first of a session only how bright it is. */
    public List<Inference> detect(
            @Body ByteBuffer frame,
            @Header(LvaGrpcConstants.SESSION_ID) String session,
            @Header(LvaGrpcConstants.PIXEL_FORMAT) String pixelFormat,
            @Header(LvaGrpcConstants.WIDTH) int width,
            @Header(LvaGrpcConstants.HEIGHT) int height,
            @Header(LvaGrpcConstants.STRIDE_BYTES) int strideBytes) {
        Luma luma = Luma.of(frame, pixelFormat, width, height, strideBytes);
        Luma previous = remember(session, luma);
        List<Inference> inferences = new ArrayList<>();
        if (previous != null) {
            ChangedRegions.between(previous, luma).forEach(box -> inferences.add(motion(box)));
        }
        inferences.add(Brightness.of(luma.mean()));
        return inferences;
    }

    /** The frame before it; null for the first of a session. */
    private Luma remember(String session, Luma luma) {
        synchronized (previousFrames) {
            return previousFrames.put(session, luma);
        }
    }

    private static Inference motion(Box box) {
        return Inference.newBuilder().setType(InferenceType.MOTION).setSubtype("motionDetection")
                .setMotion(Motion.newBuilder().setBox(box.toRectangle()))
                .build();
    }
}
