package io.github.camellva.grpc.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.camellva.grpc.text.Printable;
import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Event;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.InferenceOther;
import io.github.camellva.proto.Motion;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.Text;

/** Reads one inference from JSON. Ignores members that the protocol has no field for, such as an event's box. */
final class InferenceReader {

    private InferenceReader() {
    }

    static Inference read(JsonValue json) {
        if (!json.isObject()) {
            throw json.invalid("must be an inference, an object, and is " + json.kind());
        }
        InferenceKind kind = kindOf(json);
        Inference.Builder inference = Inference.newBuilder()
                .setType(kind.type())
                .setSubtype(json.text("subtype"))
                .setInferenceId(json.text("inferenceId"))
                .setSequenceId(json.text("sequenceId"));
        json.elements("relatedInferences").forEach(id -> inference.addRelatedInferences(id.text()));
        if (json.has("extensions")) {
            inference.putAllExtensions(json.required("extensions").texts());
        }
        JsonValue value = json.required(kind.member());
        switch (kind) {
            case CLASSIFICATION -> inference.setClassification(classification(value));
            case MOTION -> inference.setMotion(Motion.newBuilder().setBox(box(value)));
            case ENTITY -> inference.setEntity(entity(value));
            case TEXT -> inference.setText(text(value));
            case EVENT -> inference.setEvent(event(value));
            case OTHER -> inference.setOther(other(value));
        }
        return inference.build();
    }

    /** The one value that is present tells the kind; a type beside it must agree. */
    private static InferenceKind kindOf(JsonValue json) {
        List<InferenceKind> present = new ArrayList<>();
        for (InferenceKind kind : InferenceKind.values()) {
            if (json.has(kind.member())) {
                present.add(kind);
            }
        }
        InferenceKind named = json.has("type") ? named(json.required("type")) : null;
        if (present.size() > 1) {
            throw json.invalid("has several values, " + names(present) + "; an inference has one");
        }
        if (present.isEmpty()) {
            throw json.invalid("has no value; an inference has one of " + names(List.of(InferenceKind.values()))
                               + (named == null ? "" : ", and its type says " + named.member()));
        }
        if (named != null && named != present.get(0)) {
            throw json.required("type").invalid(
                    "is " + named.member() + ", and the value is " + present.get(0).member() + "; they must be the same");
        }
        return present.get(0);
    }

    private static InferenceKind named(JsonValue type) {
        String name = type.text();
        for (InferenceKind kind : InferenceKind.values()) {
            if (kind.member().equals(name.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw type.invalid("is '" + Printable.of(name) + "'; accepted are " + names(List.of(InferenceKind.values())));
    }

    private static Classification classification(JsonValue json) {
        return Classification.newBuilder().setTag(tag(json)).addAllAttributes(attributes(json)).build();
    }

    private static Entity entity(JsonValue json) {
        return Entity.newBuilder().setTag(tag(json)).addAllAttributes(attributes(json)).setBox(box(json)).setId(json.text("id"))
                .build();
    }

    private static Text text(JsonValue json) {
        return Text.newBuilder()
                .setValue(json.required("value").text())
                .setLanguage(json.text("language"))
                .setStartTimestamp(json.unsigned("startTimestamp"))
                .setEndTimestamp(json.unsigned("endTimestamp"))
                .build();
    }

    private static Event event(JsonValue json) {
        return Event.newBuilder()
                .setName(json.required("name").text())
                .putAllProperties(json.required("properties").texts())
                .build();
    }

    private static InferenceOther other(JsonValue json) {
        InferenceOther.Builder other = InferenceOther.newBuilder().setContentType(json.text("contentType"));
        if (json.has("contentBytes")) {
            other.setContentBytes(json.required("contentBytes").bytes());
        }
        return other.build();
    }

    private static Tag tag(JsonValue json) {
        JsonValue tag = json.required("tag");
        return Tag.newBuilder().setValue(tag.required("value").text()).setConfidence(tag.number("confidence")).build();
    }

    private static List<Attribute> attributes(JsonValue json) {
        return json.elements("attributes").stream()
                .map(attribute -> Attribute.newBuilder()
                        .setName(attribute.required("name").text())
                        .setValue(attribute.required("value").text())
                        .setConfidence(attribute.number("confidence"))
                        .build())
                .toList();
    }

    /** Does not check the range: real boxes reach slightly beyond the edges of the picture. */
    private static Rectangle box(JsonValue json) {
        JsonValue box = json.required("box");
        return Rectangle.newBuilder()
                .setL(box.required("l").number())
                .setT(box.required("t").number())
                .setW(box.required("w").number())
                .setH(box.required("h").number())
                .build();
    }

    private static String names(List<InferenceKind> kinds) {
        return kinds.stream().map(InferenceKind::member).collect(Collectors.joining(", "));
    }
}
