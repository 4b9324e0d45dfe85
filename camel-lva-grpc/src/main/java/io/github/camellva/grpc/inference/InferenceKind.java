package io.github.camellva.grpc.inference;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;

/** A kind of inference: its type, and the JSON member that holds its value. */
enum InferenceKind {

    CLASSIFICATION(InferenceType.CLASSIFICATION, "classification"),
    MOTION(InferenceType.MOTION, "motion"),
    ENTITY(InferenceType.ENTITY, "entity"),
    TEXT(InferenceType.TEXT, "text"),
    EVENT(InferenceType.EVENT, "event"),
    OTHER(InferenceType.OTHER, "other");

    private final InferenceType type;
    private final String member;

    InferenceKind(InferenceType type, String member) {
        this.type = type;
        this.member = member;
    }

    InferenceType type() {
        return type;
    }

    /** The name of the value's JSON member, and of the type. */
    String member() {
        return member;
    }

    /** The kind of the value that is set. The type does not count: an unset one reads as AUTO. */
    static InferenceKind of(Inference inference, String path) {
        return switch (inference.getValueCase()) {
            case CLASSIFICATION -> CLASSIFICATION;
            case MOTION -> MOTION;
            case ENTITY -> ENTITY;
            case TEXT -> TEXT;
            case EVENT -> EVENT;
            case OTHER -> OTHER;
            case VALUE_NOT_SET -> throw new InvalidInferenceException(path, "has no value set; an inference has one");
        };
    }
}
