package io.github.camellva.examples.onnx.yolo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;

/** What a model put out becomes what a route answers with. */
public final class Detections {

    private Detections() {
    }

    /**
     * The objects in a frame, the surest first.
     *
     * @param values  of the output
     * @param shape   of the output
     * @param scaling from the frame to the model's input
     */
    public static List<Inference> of(
            float[] values, long[] shape, OutputLayout layout, Thresholds thresholds, Labels labels, Scaling scaling) {
        if (values.length != shape[1] * shape[2]) {
            throw new IllegalArgumentException(
                    "an output of shape " + Arrays.toString(shape) + " came with " + values.length + " numbers");
        }
        List<Candidate> candidates = layout.candidates(values, (int) shape[1], (int) shape[2], thresholds.confidence());
        return layout.objects(candidates, thresholds).stream()
                .flatMap(object -> box(object, scaling).map(box -> inference(object, box, labels)).stream())
                .toList();
    }

    /** As fractions of the frame; empty for what lies outside of it. */
    private static Optional<Rectangle> box(Candidate object, Scaling scaling) {
        Rectangle box = scaling.toPicture(Rectangle.newBuilder()
                .setL(object.left() / scaling.canvasWidth())
                .setT(object.top() / scaling.canvasHeight())
                .setW((object.right() - object.left()) / scaling.canvasWidth())
                .setH((object.bottom() - object.top()) / scaling.canvasHeight())
                .build());
        float left = fraction(box.getL());
        float top = fraction(box.getT());
        float width = fraction(box.getL() + box.getW()) - left;
        float height = fraction(box.getT() + box.getH()) - top;
        return width > 0 && height > 0
                ? Optional.of(Rectangle.newBuilder().setL(left).setT(top).setW(width).setH(height).build())
                : Optional.empty();
    }

    private static float fraction(float value) {
        return Math.max(0, Math.min(1, value));
    }

    private static Inference inference(Candidate object, Rectangle box, Labels labels) {
        return Inference.newBuilder().setType(InferenceType.ENTITY).setSubtype("objectDetection")
                .setEntity(Entity.newBuilder()
                        .setTag(Tag.newBuilder().setValue(labels.name(object.label())).setConfidence(object.confidence()))
                        .setBox(box))
                .build();
    }
}
