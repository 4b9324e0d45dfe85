package io.github.camellva.examples.rig;

import java.util.Locale;

import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Tag;

/** Tells how bright a picture is. */
public final class Brightness {

    /** From here on a picture is dim, and from twice as much bright. */
    private static final double DIM = 64;

    private Brightness() {
    }

    /** @param mean of a picture, 0 to 255 */
    public static Inference of(double mean) {
        String value = mean < DIM ? "dark" : mean < 2 * DIM ? "dim" : "bright";
        double toNextValue = Math.min(Math.abs(mean - DIM), Math.abs(mean - 2 * DIM));
        return Inference.newBuilder().setType(InferenceType.CLASSIFICATION).setSubtype("brightness")
                .setClassification(Classification.newBuilder()
                        .setTag(Tag.newBuilder().setValue(value).setConfidence((float) Math.min(1, 0.5 + toNextValue / DIM)))
                        .addAttributes(Attribute.newBuilder()
                                .setName("mean").setValue(String.format(Locale.ROOT, "%.1f", mean)).setConfidence(1)))
                .build();
    }
}
