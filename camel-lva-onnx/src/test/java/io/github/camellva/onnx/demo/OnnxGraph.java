package io.github.camellva.onnx.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.google.protobuf.CodedOutputStream;

/**
 * Writes small ONNX models, of what they need: the numbers are those of the fields in onnx.proto, which is a format for files
 * and comes with no Java classes. Shapes have -1 for sides that are not fixed.
 */
public final class OnnxGraph {

    /** Types of elements. */
    public static final int FLOAT = 1;
    public static final int FLOAT16 = 10;

    private static final int INT64 = 7;
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 13;

    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private final Message graph = new Message().text(2, "graph");
    private final Message model
            = new Message().number(1, IR_VERSION).message(8, new Message().text(1, "").number(2, OPERATOR_SET));

    /** An attribute of a node: a whole number, or several. */
    public record Attribute(String name, List<Long> values, boolean isList) {

        public static Attribute of(String name, long value) {
            return new Attribute(name, List.of(value), false);
        }

        public static Attribute list(String name, Long... values) {
            return new Attribute(name, List.of(values), true);
        }
    }

    public OnnxGraph input(String name, int type, long... shape) {
        graph.message(11, value(name, type, shape));
        return this;
    }

    public OnnxGraph output(String name, int type, long... shape) {
        graph.message(12, value(name, type, shape));
        return this;
    }

    public OnnxGraph constant(String name, float[] values, long... shape) {
        Message tensor = new Message().numbers(1, shape).number(2, FLOAT).text(8, name);
        for (float value : values) {
            tensor.decimal(4, value);
        }
        graph.message(5, tensor);
        return this;
    }

    public OnnxGraph constant(String name, long... values) {
        graph.message(5, new Message().numbers(1, values.length).number(2, INT64).text(8, name).numbers(7, values));
        return this;
    }

    public OnnxGraph node(String operator, List<String> inputs, String output, Attribute... attributes) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operator);
        for (Attribute attribute : attributes) {
            Message message = new Message().text(1, attribute.name());
            for (long value : attribute.values()) {
                message.number(attribute.isList() ? 8 : 3, value);
            }
            node.message(5, message.number(20, attribute.isList() ? ATTRIBUTE_INTS : ATTRIBUTE_INT));
        }
        graph.message(1, node);
        return this;
    }

    public OnnxGraph metadata(String key, String value) {
        model.message(14, new Message().text(1, key).text(2, value));
        return this;
    }

    public void write(Path file) throws IOException {
        Files.write(file, new Message().copy(model).message(7, graph).bytes());
    }

    private static Message value(String name, int type, long... shape) {
        Message dimensions = new Message();
        for (long side : shape) {
            dimensions.message(1, side < 0 ? new Message().text(2, "any") : new Message().number(1, side));
        }
        Message tensor = new Message().number(1, type).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /** A message of protobuf that is being written. */
    private static final class Message {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message number(int field, long value) {
            return write(out -> out.writeInt64(field, value));
        }

        Message numbers(int field, long... values) {
            for (long value : values) {
                number(field, value);
            }
            return this;
        }

        Message decimal(int field, float value) {
            return write(out -> out.writeFloat(field, value));
        }

        Message text(int field, String value) {
            return write(out -> out.writeString(field, value));
        }

        Message message(int field, Message value) {
            return write(out -> out.writeByteArray(field, value.bytes()));
        }

        Message copy(Message other) {
            bytes.writeBytes(other.bytes());
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        private Message write(Field field) {
            try {
                CodedOutputStream out = CodedOutputStream.newInstance(bytes);
                field.writeTo(out);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }
    }

    @FunctionalInterface
    private interface Field {
        void writeTo(CodedOutputStream out) throws IOException;
    }
}
