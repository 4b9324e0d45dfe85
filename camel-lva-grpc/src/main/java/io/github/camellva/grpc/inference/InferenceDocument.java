package io.github.camellva.grpc.inference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camellva.proto.Inference;

/**
 * The JSON that Azure Video Analyzer published for a frame:
 * <code>{"timestamp": 145892470449324, "inferences": [ ... ]}</code>.
 * <p>
 * Written exactly so; read leniently where real documents differ, and strictly where their meaning would be lost.
 *
 * @param timestamp  ticks, unsigned
 * @param inferences what was found in the frame
 */
public record InferenceDocument(long timestamp, List<Inference> inferences) {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            // the shortest text of a float; before Java 19 Float.toString sometimes writes a digit too many
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            // of two members of one name either could be meant
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public InferenceDocument {
        inferences = List.copyOf(inferences);
    }

    /** UTF-8 JSON of this document. */
    public byte[] toJsonBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + 256 * inferences.size());
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            new InferenceWriter(json).write(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** JSON of this document. */
    public String toJson() {
        return new String(toJsonBytes(), StandardCharsets.UTF_8);
    }

    /**
     * Reads a document, or inferences without one: an array of them, or a single one.
     *
     * @throws InvalidInferenceException naming the JSON path of what cannot be read
     */
    public static InferenceDocument parse(byte[] json) {
        return parse(() -> MAPPER.readTree(json));
    }

    /** @see #parse(byte[]) */
    public static InferenceDocument parse(String json) {
        return parse(() -> MAPPER.readTree(json));
    }

    /** Reads to the end of the stream. @see #parse(byte[]) */
    public static InferenceDocument parse(InputStream json) {
        return parse(() -> MAPPER.readTree(json));
    }

    /** Reads what maps and lists make up in place of JSON text. @see #parse(byte[]) */
    public static InferenceDocument ofMaps(Object maps) {
        JsonNode tree;
        try {
            tree = MAPPER.valueToTree(maps);
        } catch (IllegalArgumentException e) {
            throw new InvalidInferenceException("$", "cannot be made JSON: " + e.getMessage(), e);
        }
        return of(tree);
    }

    private static InferenceDocument parse(JsonSource source) {
        try {
            return of(source.read());
        } catch (JsonProcessingException e) {
            throw new InvalidInferenceException("$", "is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InferenceDocument of(JsonNode root) {
        JsonValue value = new JsonValue("$", root);
        if (value.isArray()) {
            return new InferenceDocument(0, readAll(value));
        }
        if (value.has("inferences")) {
            return new InferenceDocument(value.unsigned("timestamp"), readAll(value.required("inferences")));
        }
        if (value.isObject()) {
            return new InferenceDocument(0, List.of(InferenceReader.read(value)));
        }
        throw value.invalid("must be an inference document, {\"timestamp\": ..., \"inferences\": [...]}");
    }

    private static List<Inference> readAll(JsonValue array) {
        List<Inference> inferences = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            // a list of documents, one after the other, is as good as one document with all of their inferences
            if (element.has("inferences")) {
                inferences.addAll(readAll(element.required("inferences")));
            } else {
                inferences.add(InferenceReader.read(element));
            }
        }
        return inferences;
    }

    @FunctionalInterface
    private interface JsonSource {
        JsonNode read() throws IOException;
    }
}
