package io.github.camellva.examples.camera;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Tag;
import org.apache.camel.Body;

/** Finds how bright a picture is, as it comes: the bars that fill it up are part of it. */
public class Brightness {

    /** From here on a picture is dim, and from twice as much bright. */
    private static final double DIM = 64;

    public Inference classify(@Body byte[] jpg) throws IOException {
        double mean = mean(ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(jpg))));
        String value = mean < DIM ? "dark" : mean < 2 * DIM ? "dim" : "bright";
        double toNextValue = Math.min(Math.abs(mean - DIM), Math.abs(mean - 2 * DIM));
        return Inference.newBuilder().setType(InferenceType.CLASSIFICATION).setSubtype("brightness")
                .setClassification(Classification.newBuilder()
                        .setTag(Tag.newBuilder().setValue(value).setConfidence((float) Math.min(1, 0.5 + toNextValue / DIM)))
                        .addAttributes(Attribute.newBuilder()
                                .setName("mean").setValue(String.format(Locale.ROOT, "%.1f", mean)).setConfidence(1)))
                .build();
    }

    /** Of all components of all pixels. */
    private static double mean(BufferedImage picture) {
        int[] components = picture.getRaster().getPixels(0, 0, picture.getWidth(), picture.getHeight(), (int[]) null);
        return IntStream.of(components).average().orElseThrow();
    }
}
