package io.github.camellva.grpc.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import org.jspecify.annotations.Nullable;

/** Inferences in all forms that a route may end with. */
public final class Inferences {

    private Inferences() {
    }

    /**
     * The inferences in a value: an {@link Inference}, an {@link Iterable} of them, a {@link MediaSample}, or the inference document as
     * {@code String}, {@code byte[]}, {@link InputStream}, {@code Map} or {@code List} of maps. Null and empty texts have none.
     *
     * @throws IllegalArgumentException saying which type came and which are accepted
     */
    public static List<Inference> of(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Iterable<?> iterable) {
            List<Inference> inferences = new ArrayList<>();
            for (Object element : iterable) {
                inferences.addAll(ofOne(element, "an element of the answer"));
            }
            return inferences;
        }
        return ofOne(value, "the answer");
    }

    private static List<Inference> ofOne(@Nullable Object value, String what) {
        if (value instanceof Inference inference) {
            return List.of(inference);
        } else if (value instanceof MediaSample sample) {
            return sample.getInferencesList();
        } else if (value instanceof InferenceDocument document) {
            return document.inferences();
        } else if (value instanceof Map<?, ?> map) {
            return InferenceDocument.ofMaps(map).inferences();
        } else if (value instanceof String json) {
            return json.isBlank() ? List.of() : InferenceDocument.parse(json).inferences();
        } else if (value instanceof byte[] json) {
            return json.length == 0 ? List.of() : InferenceDocument.parse(json).inferences();
        } else if (value instanceof InputStream json) {
            return ofOne(readAll(json), what);
        }
        throw new IllegalArgumentException(
                what + " is a " + (value == null ? "null" : value.getClass().getName())
                                           + "; a route may end with an Inference, an Iterable of them, a MediaSample, or the inference"
                                           + " document as a String, byte[], InputStream, Map or List of Maps; with null, an empty"
                                           + " text or the frame itself when nothing was found");
    }

    private static byte[] readAll(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
