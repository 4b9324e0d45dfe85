package io.github.camellva.onnx;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.text.Printable;

/**
 * What a node asks for by its extension configuration: the name of a model, or JSON such as
 * {@code {"model":"people","confidence":0.4}}.
 *
 * @param model      empty if it names none
 * @param confidence the least of what is to be found; empty if it says nothing of it
 */
record ModelChoice(Optional<String> model, Optional<Float> confidence) {

    static final ModelChoice NONE = new ModelChoice(Optional.empty(), Optional.empty());

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String ACCEPTED
            = "accepted are the name of a model, or {\"model\":\"NAME\",\"confidence\":0.4} or one of the two;"
              + " useExtensionConfiguration=false ignores it";

    /**
     * @param  configuration            null or blank if there is none
     * @throws IllegalArgumentException if it is no such configuration
     */
    static ModelChoice of(String configuration) {
        if (configuration == null || configuration.isBlank()) {
            return NONE;
        }
        return configuration.stripLeading().startsWith("{")
                ? ofJson(configuration)
                : new ModelChoice(Optional.of(configuration.strip()), Optional.empty());
    }

    private static ModelChoice ofJson(String json) {
        JsonNode members;
        try {
            members = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the extension configuration is no JSON: " + Printable.of(e.getOriginalMessage()) + "; " + ACCEPTED, e);
        }
        members.fieldNames().forEachRemaining(name -> {
            if (!name.equals("model") && !name.equals("confidence")) {
                throw new IllegalArgumentException(
                        "the extension configuration has a member '" + Printable.of(name) + "'; " + ACCEPTED);
            }
        });
        return new ModelChoice(model(members.get("model")), confidence(members.get("confidence")));
    }

    private static Optional<String> model(JsonNode value) {
        if (value != null && !value.isTextual()) {
            throw new IllegalArgumentException(
                    "the extension configuration's model is " + Printable.of(value.toString()) + "; a name is accepted");
        }
        return Optional.ofNullable(value).map(JsonNode::textValue);
    }

    private static Optional<Float> confidence(JsonNode value) {
        if (value != null && (!value.isNumber() || value.floatValue() <= 0 || value.floatValue() > 1)) {
            throw new IllegalArgumentException("the extension configuration's confidence is " + Printable.of(value.toString())
                                               + "; a number above 0 and up to 1 is accepted");
        }
        return Optional.ofNullable(value).map(JsonNode::floatValue);
    }
}
