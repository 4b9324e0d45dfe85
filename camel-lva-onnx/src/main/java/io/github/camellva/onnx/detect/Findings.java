package io.github.camellva.onnx.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;

/** Makes inferences of what models find, as a route answers with them. */
public final class Findings {

    private static final String OBJECT_DETECTION = "objectDetection";
    private static final String CLASSIFICATION = "imageClassification";

    private final String subtype;
    private final List<Attribute> attributes;

    /**
     * @param subtype    of the inferences; null for one that says what kind of model it was
     * @param attributes that each object and classification has
     */
    public Findings(String subtype, Map<String, String> attributes) {
        this.subtype = subtype;
        this.attributes = attributes.entrySet().stream()
                .map(attribute -> Attribute.newBuilder().setName(attribute.getKey()).setValue(attribute.getValue())
                        .setConfidence(1).build())
                .toList();
    }

    /**
     * The objects in a frame, or its classes, the surest first.
     *
     * @param scaling from the frame to the model's input
     */
    public List<Inference> of(Output output, Layout layout, Grid grid, Wanted wanted, Labels labels, Scaling scaling) {
        boolean[] classes = wanted.of(labels.names());
        if (layout == Layout.CLASSIFICATION) {
            return classifications(output, wanted, classes, labels);
        }
        List<Inference> objects = new ArrayList<>();
        for (Candidate object : layout.objects(layout.candidates(output, grid, wanted.confidence(), classes), wanted)) {
            box(object, scaling).ifPresent(box -> objects.add(entity(object, box, labels)));
        }
        return objects;
    }

    private List<Inference> classifications(Output output, Wanted wanted, boolean[] classes, Labels labels) {
        float[] scores = new float[output.columns()];
        output.values().get(0, scores);
        Probabilities.of(scores);
        List<Candidate> found = new ArrayList<>();
        for (int label = 0; label < scores.length; label++) {
            if (scores[label] >= wanted.confidence() && classes[label]) {
                found.add(new Candidate(0, 0, 1, 1, label, scores[label]));
            }
        }
        return Suppression.surest(found, wanted).stream().map(candidate -> classification(candidate, labels)).toList();
    }

    /** As fractions of the frame; empty for what lies outside of it. */
    private static Optional<Rectangle> box(Candidate object, Scaling scaling) {
        float left = fraction(object.left() - scaling.x(), scaling.width());
        float top = fraction(object.top() - scaling.y(), scaling.height());
        float width = fraction(object.right() - scaling.x(), scaling.width()) - left;
        float height = fraction(object.bottom() - scaling.y(), scaling.height()) - top;
        return width > 0 && height > 0
                ? Optional.of(Rectangle.newBuilder().setL(left).setT(top).setW(width).setH(height).build())
                : Optional.empty();
    }

    private static float fraction(float pixels, int whole) {
        return Math.max(0, Math.min(1, pixels / whole));
    }

    private Inference entity(Candidate object, Rectangle box, Labels labels) {
        return Inference.newBuilder().setType(InferenceType.ENTITY).setSubtype(subtype == null ? OBJECT_DETECTION : subtype)
                .setEntity(Entity.newBuilder().setTag(tag(object, labels)).addAllAttributes(attributes).setBox(box))
                .build();
    }

    private Inference classification(Candidate candidate, Labels labels) {
        return Inference.newBuilder().setType(InferenceType.CLASSIFICATION).setSubtype(subtype == null ? CLASSIFICATION : subtype)
                .setClassification(Classification.newBuilder().setTag(tag(candidate, labels)).addAllAttributes(attributes))
                .build();
    }

    private static Tag tag(Candidate candidate, Labels labels) {
        return Tag.newBuilder().setValue(labels.name(candidate.label())).setConfidence(candidate.confidence()).build();
    }
}
