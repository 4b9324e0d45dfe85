package io.github.camellva.examples.rig;

import java.util.List;

import io.github.camellva.proto.Inference;

/** Is told of every frame once, by threads of several cameras. */
public interface CameraListener {

    /** An extension looked at a frame; this is what it found. */
    void answered(CameraFrame frame, List<Inference> inferences);

    /** A frame was sent, and no answer will come. */
    void failed(CameraFrame frame, String why);

    /** An extension acknowledged a frame without looking at it. */
    default void notProcessed(CameraFrame frame) {
        failed(frame, "it was acknowledged, but not processed");
    }
}
