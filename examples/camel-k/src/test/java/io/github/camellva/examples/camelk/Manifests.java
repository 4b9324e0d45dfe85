package io.github.camellva.examples.camelk;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.apache.camel.v1.Integration;
import org.apache.camel.v1.Kamelet;
import org.apache.camel.v1.Pipe;

/** Reads manifests as a strict API server would: a field that the model does not have is an error, wherever it is. */
final class Manifests {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "camel.apache.org/v1 Integration", Integration.class,
            "camel.apache.org/v1 Pipe", Pipe.class,
            "camel.apache.org/v1 Kamelet", Kamelet.class,
            "apps/v1 Deployment", Deployment.class,
            "v1 Service", Service.class,
            "v1 Secret", Secret.class);

    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .setAnnotationIntrospector(new WithoutAdditionalProperties());

    private Manifests() {
    }

    /** The resources in a file, in its order. */
    static List<HasMetadata> parse(String yaml) throws IOException {
        try (MappingIterator<JsonNode> documents = MAPPER.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll().stream().map(Manifests::resource).toList();
        }
    }

    private static HasMetadata resource(JsonNode document) {
        String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
        if (!KINDS.containsKey(kind)) {
            throw new IllegalArgumentException(kind + ": accepted are " + KINDS.keySet());
        }
        try {
            return MAPPER.treeToValue(document, KINDS.get(kind));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Kubernetes' model keeps what it does not know in a map, which here is a mistake. */
    private static final class WithoutAdditionalProperties extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            boolean ofKubernetes = annotated instanceof AnnotatedMember member
                                   && member.getDeclaringClass().getName().startsWith("io.fabric8.");
            return ofKubernetes ? Boolean.FALSE : super.hasAnySetter(annotated);
        }
    }
}
