package io.github.camellva.grpc.inference;

import java.util.List;
import java.util.Optional;

import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import org.jspecify.annotations.Nullable;

/** Tells boxes in pixels, percents and raw scores from fractions, which is what boxes and confidences are. */
public final class Plausibility {

    /** Real boxes reach slightly beyond the edges of the picture. */
    private static final float BOX_TOLERANCE = 0.5f;
    /** Real confidences are rounded. */
    private static final float CONFIDENCE_TOLERANCE = 0.01f;
    private static final float PERCENT = 100;

    /**
     * What cannot be meant.
     *
     * @param path    of the value in the inference document
     * @param problem the value, what is accepted, and what the likely cause is
     */
    public record Doubt(String path, String problem) {
    }

    private Plausibility() {
    }

    /** The first that there is; empty when there is none. */
    public static Optional<Doubt> doubt(List<Inference> inferences) {
        for (int i = 0; i < inferences.size(); i++) {
            Doubt doubt = doubt(inferences.get(i), i);
            if (doubt != null) {
                return Optional.of(doubt);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Doubt doubt(Inference inference, int index) {
        return switch (inference.getValueCase()) {
            case ENTITY -> first(
                    box(inference.getEntity().getBox(), index, "entity"),
                    first(tag(inference.getEntity().getTag(), index, "entity"),
                            attributes(inference.getEntity().getAttributesList(), index, "entity")));
            case CLASSIFICATION -> first(
                    tag(inference.getClassification().getTag(), index, "classification"),
                    attributes(inference.getClassification().getAttributesList(), index, "classification"));
            case MOTION -> box(inference.getMotion().getBox(), index, "motion");
            default -> null;
        };
    }

    private static @Nullable Doubt first(@Nullable Doubt one, @Nullable Doubt other) {
        return one != null ? one : other;
    }

    private static @Nullable Doubt box(Rectangle box, int index, String member) {
        return first(
                first(side(box.getL(), index, member, "l"), side(box.getT(), index, member, "t")),
                first(side(box.getW(), index, member, "w"), side(box.getH(), index, member, "h")));
    }

    private static @Nullable Doubt side(float value, int index, String member, String side) {
        return isFraction(value, BOX_TOLERANCE) ? null : new Doubt(
                path(index, member) + ".box." + side,
                "is " + value + "; boxes are fractions of the picture, from 0 to 1. These look like pixels: divide l and w by the width of"
                                                       + " the picture, t and h by its height");
    }

    private static @Nullable Doubt tag(Tag tag, int index, String member) {
        return isConfidence(tag.getConfidence()) ? null : confidence(tag.getConfidence(), path(index, member) + ".tag");
    }

    private static @Nullable Doubt attributes(List<Attribute> attributes, int index, String member) {
        for (int i = 0; i < attributes.size(); i++) {
            float confidence = attributes.get(i).getConfidence();
            if (!isConfidence(confidence)) {
                return confidence(confidence, path(index, member) + ".attributes[" + i + "]");
            }
        }
        return null;
    }

    private static Doubt confidence(float value, String path) {
        return new Doubt(
                path + ".confidence",
                "is " + value + "; a confidence is from 0 to 1. This looks like " + (value > 1 && value <= PERCENT
                        ? "percent: divide it by 100" : "a raw score of the model: make it a probability, by sigmoid or softmax"));
    }

    private static boolean isConfidence(float value) {
        return isFraction(value, CONFIDENCE_TOLERANCE);
    }

    /** NaN is none. */
    private static boolean isFraction(float value, float tolerance) {
        return value >= -tolerance && value <= 1 + tolerance;
    }

    private static String path(int index, String member) {
        return "$.inferences[" + index + "]." + member;
    }
}
