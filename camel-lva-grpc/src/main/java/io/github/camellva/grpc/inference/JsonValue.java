package io.github.camellva.grpc.inference;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.github.camellva.grpc.text.Printable;

/** A JSON value that knows its path, so that errors can name it. A member that is null counts as absent. */
record JsonValue(String path, JsonNode node) {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    boolean isArray() {
        return node.isArray();
    }

    boolean isObject() {
        return node.isObject();
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** A member that must be present. */
    JsonValue required(String name) {
        if (!node.isObject()) {
            throw invalid("must be an object, and is " + kind());
        }
        if (!has(name)) {
            throw new InvalidInferenceException(pathOf(name), "is missing");
        }
        return new JsonValue(pathOf(name), node.get(name));
    }

    List<JsonValue> elements() {
        if (!node.isArray()) {
            throw invalid("must be an array, and is " + kind());
        }
        List<JsonValue> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonValue(path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    /** The elements of a member; none if it is absent. */
    List<JsonValue> elements(String name) {
        return has(name) ? required(name).elements() : List.of();
    }

    /** Text; numbers and booleans count as theirs, since maps made by hand contain them. */
    String text() {
        if (!node.isValueNode() || node.isNull()) {
            throw invalid("must be a string, and is " + kind());
        }
        return node.asText();
    }

    /** The text of a member; empty if it is absent. */
    String text(String name) {
        return has(name) ? required(name).text() : "";
    }

    /** All members, which must be texts. */
    Map<String, String> texts() {
        if (!node.isObject()) {
            throw invalid("must be an object, and is " + kind());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            texts.put(member.getKey(), new JsonValue(pathOf(member.getKey()), member.getValue()).text());
        }
        return texts;
    }

    /** A number that a float can hold. */
    float number() {
        if (!node.isNumber()) {
            throw invalid("must be a number, and is "
                          + (node.isTextual() ? "the string '" + Printable.of(node.asText()) + "'" : kind()));
        }
        float number = node.isFloat() || node.isDouble() ? (float) node.doubleValue() : node.decimalValue().floatValue();
        if (!Float.isFinite(number)) {
            throw invalid("must be a finite 32-bit number, and is " + Printable.of(node.asText()));
        }
        return number;
    }

    /** The number of a member; 0 if it is absent. */
    float number(String name) {
        return has(name) ? required(name).number() : 0;
    }

    /** The unsigned 64-bit integer of a member; 0 if it is absent. */
    long unsigned(String name) {
        if (!has(name)) {
            return 0;
        }
        JsonValue value = required(name);
        BigInteger number = value.integer();
        if (number.signum() < 0 || number.compareTo(MAX_UNSIGNED) > 0) {
            throw value.invalid("must be an integer from 0 to " + MAX_UNSIGNED + ", and is " + Printable.of(number.toString()));
        }
        return number.longValue();
    }

    /** Standard base64. */
    ByteString bytes() {
        if (!node.isTextual() && !node.isBinary()) {
            throw invalid("must be base64 in a string, and is " + kind());
        }
        try {
            return ByteString.copyFrom(node.binaryValue());
        } catch (IOException e) {
            throw new InvalidInferenceException(path, "must be base64, and is not", e);
        }
    }

    InvalidInferenceException invalid(String problem) {
        return new InvalidInferenceException(path, problem);
    }

    /** The kind of value, in JSON's words. */
    String kind() {
        return switch (node.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "an array";
            case STRING, BINARY -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case MISSING -> "empty";
        };
    }

    private BigInteger integer() {
        if (!node.isIntegralNumber() && !(node.isTextual() && node.asText().matches("\\d{1,20}"))) {
            throw invalid("must be an integer, and is " + (node.isNumber() ? Printable.of(node.asText()) : kind()));
        }
        return node.isTextual() ? new BigInteger(node.asText()) : node.bigIntegerValue();
    }

    private String pathOf(String name) {
        return PLAIN_NAME.matcher(name).matches() ? path + "." + name : path + "['" + Printable.of(name) + "']";
    }
}
