package io.github.camellva.view;

import java.util.List;

import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Event;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Motion;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.Text;

/** Of each kind one. */
final class Findings {

    static final Rectangle BOX = Rectangle.newBuilder().setL(0.25f).setT(0.25f).setW(0.5f).setH(0.5f).build();

    private Findings() {
    }

    static Inference entity(String tag, float confidence, Rectangle box) {
        return Inference.newBuilder().setType(Inference.InferenceType.ENTITY).setEntity(Entity.newBuilder()
                .setTag(Tag.newBuilder().setValue(tag).setConfidence(confidence)).setBox(box).setId("7")
                .addAttributes(Attribute.newBuilder().setName("colour").setValue("red").setConfidence(0.5f))).build();
    }

    static Inference motion(Rectangle box) {
        return Inference.newBuilder().setType(Inference.InferenceType.MOTION).setMotion(Motion.newBuilder().setBox(box)).build();
    }

    static List<Inference> ofEveryKind() {
        return List.of(
                entity("person", 0.91f, BOX),
                motion(Rectangle.newBuilder().setL(0.05f).setT(0.6f).setW(0.15f).setH(0.3f).build()),
                Inference.newBuilder().setType(Inference.InferenceType.CLASSIFICATION).setClassification(Classification.newBuilder()
                        .setTag(Tag.newBuilder().setValue("daylight").setConfidence(0.83f))).build(),
                Inference.newBuilder().setType(Inference.InferenceType.TEXT)
                        .setText(Text.newBuilder().setValue("EXIT 12").setLanguage("en")).build(),
                Inference.newBuilder().setType(Inference.InferenceType.EVENT)
                        .setEvent(Event.newBuilder().setName("line crossed").putProperties("direction", "left")).build());
    }
}
