package io.github.camellva.tools.frames;

import java.util.Locale;

import io.github.camellva.grpc.text.Printable;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What one inference says, as far as it can be shown and compared.
 *
 * @param tag        what was found: the tag's value, or the kind of inference where there is no tag
 * @param confidence 0 to 1; 1 where the inference has none
 * @param box        in fractions of the picture; null if it has none
 */
public record Finding(String tag, float confidence, @Nullable Rectangle box) {

    /** Of an inference. */
    public static Finding of(Inference inference) {
        return switch (inference.getValueCase()) {
            case CLASSIFICATION -> tagged(inference.getClassification().getTag(), null);
            case ENTITY -> tagged(inference.getEntity().getTag(), inference.getEntity().hasBox() ? inference.getEntity().getBox() : null);
            case MOTION -> new Finding("motion", 1, inference.getMotion().getBox());
            case TEXT -> new Finding("text " + Printable.of(inference.getText().getValue()), 1, null);
            case EVENT -> new Finding("event " + Printable.of(inference.getEvent().getName()), 1, null);
            case OTHER -> new Finding("other " + Printable.of(inference.getOther().getContentType()), 1, null);
            case VALUE_NOT_SET -> new Finding("nothing", 1, null);
        };
    }

    /** Tag and confidence. */
    public String label() {
        return confidence == 1 ? tag : tag + String.format(Locale.ROOT, " %.2f", confidence);
    }

    /** The same for the same tag, 0 to 1. */
    public float hue() {
        return (tag.hashCode() * 0x9e3779b9 >>> 8) / (float) (1 << 24);
    }

    private static Finding tagged(Tag tag, @Nullable Rectangle box) {
        return new Finding(Printable.of(tag.getValue()), tag.getConfidence(), box);
    }
}
