package io.github.camellva.grpc.inference;

import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.proto.Inference;

/**
 * The inference document of Azure Video Analyzer: <code>{"timestamp": 145892470449324, "inferences": [ ... ]}</code>.
 * <p>
 * Writes it exactly as published. Reads it leniently where real documents differ, and strictly where meaning would be lost:
 * at most 32 levels deep, 1,000,000 tokens and 64 MiB long.
 *
 * @param timestamp  ticks, unsigned
 * @param inferences what was found in the frame
 */
public record InferenceDocument(long timestamp, List<Inference> inferences) {

    private static final int MAX_LENGTH = 64 << 20;
    private static final int LONGEST_REASON = 300;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            // the shortest text of a float; before Java 19 Float.toString sometimes writes a digit too many
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            // of two members with one name either could be meant
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(ValueLimits.MAX_DEPTH).maxTokenCount(ValueLimits.MAX_VALUES).maxDocumentLength(MAX_LENGTH)
                    .build())
            .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public InferenceDocument {
        inferences = List.copyOf(inferences);
    }

    /** This document as JSON in UTF-8. */
    public byte[] toJsonBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + 256 * inferences.size());
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            new InferenceWriter(json).write(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** This document as JSON. */
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

    /** Reads maps and lists in place of JSON text. @see #parse(byte[]) */
    public static InferenceDocument ofMaps(Object maps) {
        ValueLimits.require(maps);
        JsonNode tree;
        try {
            tree = MAPPER.valueToTree(maps);
        } catch (IllegalArgumentException e) {
            throw new InvalidInferenceException(
                    "$", "cannot be made JSON: " + Printable.of(String.valueOf(e.getMessage()), LONGEST_REASON), e);
        }
        return of(tree);
    }

    private static InferenceDocument parse(JsonSource source) {
        try {
            return of(source.read());
        } catch (JsonProcessingException e) {
            throw notJson(e.getOriginalMessage(), e);
        } catch (CharConversionException | NumberFormatException e) {
            // Jackson has exceptions of its own for bytes that are no characters and exponents beyond 32 bits
            throw notJson(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidInferenceException notJson(String reason, Exception cause) {
        return new InvalidInferenceException("$", "is not JSON: " + Printable.of(reason, LONGEST_REASON), cause);
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
            // a list of documents counts as one document with all of their inferences
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
