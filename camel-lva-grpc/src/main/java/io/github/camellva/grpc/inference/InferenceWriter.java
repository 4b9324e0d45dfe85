package io.github.camellva.grpc.inference;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Event;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.InferenceOther;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.Text;

/**
 * Writes inferences as the published JSON. protobuf's own printer would write enums in upper case, quote 64-bit numbers and
 * omit the zeros of a box.
 */
final class InferenceWriter {

    private final JsonGenerator json;

    InferenceWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(InferenceDocument document) throws IOException {
        json.writeStartObject();
        json.writeFieldName("timestamp");
        writeUnsigned(document.timestamp());
        json.writeArrayFieldStart("inferences");
        int index = 0;
        for (Inference inference : document.inferences()) {
            write("$.inferences[" + index++ + "]", inference);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(String path, Inference inference) throws IOException {
        InferenceKind kind = InferenceKind.of(inference, path);
        json.writeStartObject();
        json.writeStringField("type", kind.member());
        writeUnlessEmpty("subtype", inference.getSubtype());
        writeUnlessEmpty("inferenceId", inference.getInferenceId());
        writeUnlessEmpty("relatedInferences", inference.getRelatedInferencesList());
        writeUnlessEmpty("sequenceId", inference.getSequenceId());
        json.writeObjectFieldStart(kind.member());
        writeValue(path + "." + kind.member(), kind, inference);
        json.writeEndObject();
        if (inference.getExtensionsCount() > 0) {
            writeTexts("extensions", inference.getExtensionsMap());
        }
        json.writeEndObject();
    }

    private void writeValue(String path, InferenceKind kind, Inference inference) throws IOException {
        switch (kind) {
            case CLASSIFICATION -> write(path, inference.getClassification());
            case MOTION -> writeBox(path, inference.getMotion().getBox());
            case ENTITY -> write(path, inference.getEntity());
            case TEXT -> write(inference.getText());
            case EVENT -> write(inference.getEvent());
            case OTHER -> write(inference.getOther());
        }
    }

    private void write(String path, Classification classification) throws IOException {
        writeTag(path, classification.getTag());
        writeAttributes(path, classification.getAttributesList());
    }

    private void write(String path, Entity entity) throws IOException {
        writeUnlessEmpty("id", entity.getId());
        writeTag(path, entity.getTag());
        writeAttributes(path, entity.getAttributesList());
        writeBox(path, entity.getBox());
    }

    private void write(Text text) throws IOException {
        json.writeStringField("value", text.getValue());
        writeUnlessEmpty("language", text.getLanguage());
        writeUnlessZero("startTimestamp", text.getStartTimestamp());
        writeUnlessZero("endTimestamp", text.getEndTimestamp());
    }

    private void write(Event event) throws IOException {
        json.writeStringField("name", event.getName());
        writeTexts("properties", event.getPropertiesMap());
    }

    private void write(InferenceOther other) throws IOException {
        writeUnlessEmpty("contentType", other.getContentType());
        json.writeBinaryField("contentBytes", other.getContentBytes().toByteArray());
    }

    private void writeTag(String path, Tag tag) throws IOException {
        json.writeObjectFieldStart("tag");
        json.writeStringField("value", tag.getValue());
        writeNumber(path + ".tag", "confidence", tag.getConfidence());
        json.writeEndObject();
    }

    private void writeAttributes(String path, List<Attribute> attributes) throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("attributes");
        int index = 0;
        for (Attribute attribute : attributes) {
            json.writeStartObject();
            json.writeStringField("name", attribute.getName());
            json.writeStringField("value", attribute.getValue());
            writeNumber(path + ".attributes[" + index++ + "]", "confidence", attribute.getConfidence());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeBox(String path, Rectangle box) throws IOException {
        json.writeObjectFieldStart("box");
        writeNumber(path + ".box", "l", box.getL());
        writeNumber(path + ".box", "t", box.getT());
        writeNumber(path + ".box", "w", box.getW());
        writeNumber(path + ".box", "h", box.getH());
        json.writeEndObject();
    }

    private void writeNumber(String path, String name, float number) throws IOException {
        if (!Float.isFinite(number)) {
            throw new InvalidInferenceException(path + "." + name, "is " + number + ", which JSON cannot express");
        }
        json.writeNumberField(name, number);
    }

    private void writeUnlessZero(String name, long unsigned) throws IOException {
        if (unsigned != 0) {
            json.writeFieldName(name);
            writeUnsigned(unsigned);
        }
    }

    private void writeUnsigned(long number) throws IOException {
        if (number >= 0) {
            json.writeNumber(number);
        } else {
            json.writeNumber(new BigInteger(Long.toUnsignedString(number)));
        }
    }

    private void writeUnlessEmpty(String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    private void writeUnlessEmpty(String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }

    private void writeTexts(String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> member : texts.entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
        }
        json.writeEndObject();
    }
}
