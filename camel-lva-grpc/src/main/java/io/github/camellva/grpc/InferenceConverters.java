package io.github.camellva.grpc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.grpc.inference.InvalidInferenceException;
import io.github.camellva.proto.Inference;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.spi.TypeConverterRegistry;

/** Converts inferences to JSON text and back. A document gets the timestamp of the exchange's frame. */
@Converter(generateLoader = true)
public final class InferenceConverters {

    private InferenceConverters() {
    }

    @Converter
    public static String toString(InferenceDocument document) {
        return document.toJson();
    }

    @Converter
    public static byte[] toBytes(InferenceDocument document) {
        return document.toJsonBytes();
    }

    @Converter
    public static InputStream toInputStream(InferenceDocument document) {
        return new ByteArrayInputStream(document.toJsonBytes());
    }

    @Converter
    public static InferenceDocument toDocument(String json) {
        return InferenceDocument.parse(json);
    }

    @Converter
    public static InferenceDocument toDocument(byte[] json) {
        return InferenceDocument.parse(json);
    }

    @Converter
    public static InferenceDocument toDocument(InputStream json) {
        return InferenceDocument.parse(json);
    }

    /**
     * Converts lists of inferences. An ordinary converter would be asked for lists of anything; this one leaves lists without
     * inferences, and text that is no inference document, to other converters.
     */
    @Converter(fallback = true)
    public static Object convert(Class<?> type, Exchange exchange, Object value, TypeConverterRegistry registry) {
        if (type == String.class && holdsInferences(value)) {
            return toString(document(exchange, value));
        } else if (type == byte[].class && holdsInferences(value)) {
            return toBytes(document(exchange, value));
        } else if (type == InputStream.class && holdsInferences(value)) {
            return toInputStream(document(exchange, value));
        } else if (type == InferenceDocument.class && holdsInferences(value)) {
            return document(exchange, value);
        } else if (type == List.class || type == Collection.class) {
            return inferencesIn(value);
        }
        return null;
    }

    private static boolean holdsInferences(Object value) {
        return value instanceof Inference || value instanceof List<?> list && !list.isEmpty()
                && list.stream().allMatch(Inference.class::isInstance);
    }

    private static InferenceDocument document(Exchange exchange, Object value) {
        long timestamp = exchange == null ? 0 : exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP, 0L, Long.class);
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        return new InferenceDocument(timestamp, values.stream().map(Inference.class::cast).toList());
    }

    /** Null when the value is not an inference document. */
    private static List<Inference> inferencesIn(Object value) {
        if (value instanceof InferenceDocument document) {
            return document.inferences();
        }
        String text = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value instanceof String json ? json : "";
        if (!text.contains("\"inferences\"")) {
            return null;
        }
        try {
            return InferenceDocument.parse(text).inferences();
        } catch (InvalidInferenceException e) {
            return null;
        }
    }
}
