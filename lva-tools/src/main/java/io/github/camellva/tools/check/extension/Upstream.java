package io.github.camellva.tools.check.extension;

import java.util.List;

import com.google.protobuf.ByteString;
import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Event;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.InferenceOther;
import io.github.camellva.proto.Motion;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.Text;

/** What earlier steps of a pipeline may have found: one inference of each kind. */
final class Upstream {

    private static final Rectangle BOX = Rectangle.newBuilder().setL(0.1f).setT(0.2f).setW(0.3f).setH(0.4f).build();
    private static final Tag TAG = Tag.newBuilder().setValue("person").setConfidence(0.9f).build();

    private Upstream() {
    }

    static List<Inference> all() {
        return List.of(
                of(InferenceType.CLASSIFICATION).setClassification(Classification.newBuilder().setTag(TAG).addAttributes(
                        Attribute.newBuilder().setName("colour").setValue("red").setConfidence(0.5f))).build(),
                of(InferenceType.MOTION).setMotion(Motion.newBuilder().setBox(BOX)).build(),
                of(InferenceType.ENTITY).setInferenceId("1").setSequenceId("track-1").setSubtype("personDetection")
                        .setEntity(Entity.newBuilder().setTag(TAG).setBox(BOX).setId("person-1")).build(),
                of(InferenceType.TEXT).addRelatedInferences("1")
                        .setText(Text.newBuilder().setValue("STOP").setLanguage("en").setStartTimestamp(1).setEndTimestamp(2)).build(),
                of(InferenceType.EVENT).setEvent(Event.newBuilder().setName("lineCrossed").putProperties("line", "door")).build(),
                of(InferenceType.OTHER).putExtensions("vendor", "any").setOther(InferenceOther.newBuilder()
                        .setContentType("application/json").setContentBytes(ByteString.copyFromUtf8("{}"))).build());
    }

    private static Inference.Builder of(InferenceType type) {
        return Inference.newBuilder().setType(type);
    }
}
