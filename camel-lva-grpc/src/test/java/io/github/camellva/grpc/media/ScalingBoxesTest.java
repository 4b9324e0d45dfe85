package io.github.camellva.grpc.media;

import java.util.List;

import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Event;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Motion;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.Text;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScalingBoxesTest {

    private static final Offset<Float> CLOSE = Offset.offset(2e-6f);

    /** 0.2 of padding left and right. */
    private static final Scaling PILLARS = new Scaling(1000, 1000, 200, 0, 600, 1000);
    /** 0.25 of padding above and below. */
    private static final Scaling LETTERS = new Scaling(100, 100, 0, 25, 100, 50);

    @Test
    void theBoxOfThePictureIsAllOfIt() {
        assertThat(PILLARS.toPicture(box(0.2f, 0, 0.6f, 1))).isEqualTo(box(0, 0, 1, 1));
        assertThat(LETTERS.toPicture(box(0, 0.25f, 1, 0.5f))).isEqualTo(box(0, 0, 1, 1));
        assertThat(new Scaling(100, 100, 20, 0, 60, 100).toPicture(box(0.2f, 0, 0.6f, 1))).isEqualTo(box(0, 0, 1, 1));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} is {4} {5} {6} {7}")
    @CsvSource({ "0.5,0.5,0.3,0.2, 0.5,0.5,0.5,0.2", "0.35,0.1,0.15,0.4, 0.25,0.1,0.25,0.4", "0.8,0,0,1, 1,0,0,1" })
    void boxesBetweenPillarsAreWidened(
            float l, float t, float w, float h, float pictureL, float pictureT, float pictureW, float pictureH) {
        assertClose(PILLARS.toPicture(box(l, t, w, h)), box(pictureL, pictureT, pictureW, pictureH));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} is {4} {5} {6} {7}")
    @CsvSource({ "0.5,0.5,0.3,0.25, 0.5,0.5,0.3,0.5", "0.1,0.35,0.4,0.1, 0.1,0.2,0.4,0.2" })
    void boxesBetweenBarsAreHeightened(
            float l, float t, float w, float h, float pictureL, float pictureT, float pictureW, float pictureH) {
        assertClose(LETTERS.toPicture(box(l, t, w, h)), box(pictureL, pictureT, pictureW, pictureH));
    }

    @Test
    void boxesThatReachIntoThePaddingReachOutOfThePicture() {
        assertClose(PILLARS.toPicture(box(0.08f, 0, 0.92f, 1)), box(-0.2f, 0, 0.92f / 0.6f, 1));
    }

    @Test
    void boxesFoundBeforeThePaddingAreMappedOntoTheCanvas() {
        assertClose(PILLARS.toCanvas(box(0, 0, 1, 1)), box(0.2f, 0, 0.6f, 1));
        assertClose(LETTERS.toCanvas(box(0.5f, 0.5f, 0.25f, 0.5f)), box(0.5f, 0.5f, 0.25f, 0.25f));
    }

    @ParameterizedTest
    @CsvSource({ "1920,1080,416,416", "1080,1920,416,416", "333,777,640,360" })
    void thereAndBackABoxIsWhereItWas(int pictureWidth, int pictureHeight, int width, int height) throws Exception {
        Scaling scaling = new ScaleTarget(ScaleMode.PAD, width, height).of(pictureWidth, pictureHeight);
        Rectangle box = box(0.1f, 0.7f, 0.33f, 0.27f);
        assertClose(scaling.toPicture(scaling.toCanvas(box)), box);
    }

    @Test
    void boxesOfEntitiesAndMotionAreMappedAndNothingElseChanges() {
        Inference entity = Inference.newBuilder().setType(InferenceType.ENTITY).setSubtype("objectDetection")
                .setInferenceId("a").addRelatedInferences("b").setSequenceId("s").putExtensions("k", "v")
                .setEntity(Entity.newBuilder().setId("7").setTag(Tag.newBuilder().setValue("car").setConfidence(0.5f))
                        .addAttributes(Attribute.newBuilder().setName("color").setValue("red"))
                        .setBox(box(0.2f, 0, 0.6f, 1)))
                .build();
        Inference motion = Inference.newBuilder().setMotion(Motion.newBuilder().setBox(box(0.5f, 0.5f, 0.3f, 0.2f))).build();
        Inference text = Inference.newBuilder().setText(Text.newBuilder().setValue("hello")).build();

        List<Inference> mapped = PILLARS.toPicture(List.of(entity, motion, text));

        Inference.Builder expected = entity.toBuilder();
        expected.getEntityBuilder().setBox(box(0, 0, 1, 1));
        assertThat(mapped).hasSize(3);
        assertThat(mapped.get(0)).isEqualTo(expected.build());
        assertClose(mapped.get(1).getMotion().getBox(), box(0.5f, 0.5f, 0.5f, 0.2f));
        assertThat(mapped.get(2)).isSameAs(text);
        assertThat(PILLARS.toCanvas(mapped).get(0).getEntity().getTag().getValue()).isEqualTo("car");
        assertClose(PILLARS.toCanvas(mapped).get(0).getEntity().getBox(), box(0.2f, 0, 0.6f, 1));
    }

    @Test
    void inferencesWithoutBoxesStayWithoutAndTheListIsTheSame() {
        List<Inference> inferences = List.of(
                Inference.newBuilder().setEntity(Entity.newBuilder().setId("no box")).build(),
                Inference.newBuilder().setMotion(Motion.getDefaultInstance()).build(),
                Inference.newBuilder().setClassification(Classification.getDefaultInstance()).build(),
                Inference.newBuilder().setEvent(Event.newBuilder().setName("crossed")).build());
        assertThat(PILLARS.toPicture(inferences)).isSameAs(inferences);
    }

    @Test
    void withoutPaddingTheListIsTheSame() throws Exception {
        List<Inference> inferences = List.of(
                Inference.newBuilder().setMotion(Motion.newBuilder().setBox(box(0.5f, 0.5f, 0.3f, 0.2f))).build());
        for (ScaleMode mode : List.of(ScaleMode.STRETCH, ScaleMode.PRESERVE_ASPECT_RATIO)) {
            Scaling scaling = new ScaleTarget(mode, 416, 416).of(1920, 1080);
            assertThat(scaling.toPicture(inferences)).isSameAs(inferences);
            assertThat(scaling.toCanvas(inferences)).isSameAs(inferences);
        }
    }

    private static Rectangle box(float l, float t, float w, float h) {
        return Rectangle.newBuilder().setL(l).setT(t).setW(w).setH(h).build();
    }

    private static void assertClose(Rectangle found, Rectangle expected) {
        assertThat(found.getL()).isCloseTo(expected.getL(), CLOSE);
        assertThat(found.getT()).isCloseTo(expected.getT(), CLOSE);
        assertThat(found.getW()).isCloseTo(expected.getW(), CLOSE);
        assertThat(found.getH()).isCloseTo(expected.getH(), CLOSE);
    }
}
