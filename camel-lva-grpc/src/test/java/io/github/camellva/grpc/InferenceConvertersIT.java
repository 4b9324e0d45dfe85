package io.github.camellva.grpc;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Inference;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.entity;
import static org.assertj.core.api.Assertions.assertThat;

class InferenceConvertersIT extends CamelTestSupport {

    private static final List<Inference> INFERENCES = List.of(entity("a"), entity("b"));

    private TypeConverter converter;
    private Exchange exchange;

    @BeforeEach
    void makeAnExchangeOfAFrame() {
        converter = context.getTypeConverter();
        exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader(LvaGrpcConstants.TIMESTAMP, 145892470449324L);
    }

    @Test
    void aListOfInferencesBecomesTheDocumentOfTheFrame() throws Exception {
        String json = new InferenceDocument(145892470449324L, INFERENCES).toJson();
        assertThat(converter.convertTo(String.class, exchange, INFERENCES)).isEqualTo(json);
        assertThat(converter.convertTo(byte[].class, exchange, INFERENCES)).asString(StandardCharsets.UTF_8).isEqualTo(json);
        assertThat(converter.convertTo(InputStream.class, exchange, INFERENCES).readAllBytes())
                .asString(StandardCharsets.UTF_8).isEqualTo(json);
        assertThat(converter.convertTo(String.class, exchange, entity("a"))).contains("\"value\":\"a\"").startsWith("{\"timestamp\"");
    }

    @Test
    void aDocumentBecomesAListOfInferences() {
        String json = new InferenceDocument(1, INFERENCES).toJson();
        assertThat(toList(json)).isEqualTo(INFERENCES);
        assertThat(toList(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(INFERENCES);
        assertThat(converter.convertTo(InferenceDocument.class, exchange, json).timestamp()).isEqualTo(1);
    }

    @Test
    void withoutAnExchangeTheTimestampIs0() {
        assertThat(converter.convertTo(String.class, INFERENCES)).startsWith("{\"timestamp\":0,");
    }

    @Test
    void ofAFrameThatNobodyLookedAtThereIsNoDocument() {
        exchange.getMessage().setHeader(LvaGrpcConstants.OUTCOME, "notProcessed");
        exchange.getMessage().setBody(null);
        assertThat(exchange.getMessage().getBody(String.class)).isNull();
        assertThat(exchange.getMessage().getBody(InferenceDocument.class)).isNull();
        assertThat((Object) exchange.getMessage().getBody(List.class)).isNull();
    }

    @Test
    void otherListsAndTextsAreConvertedAsBefore() {
        assertThat(converter.convertTo(String.class, exchange, List.of("x", "y"))).isEqualTo("[x, y]");
        assertThat(converter.convertTo(String.class, exchange, List.of())).isEqualTo("[]");
        assertThat(toList("{\"inferences\": nonsense")).isEqualTo(toList("any other text") == null
                ? null : List.of("{\"inferences\": nonsense"));
    }

    private Object toList(Object value) {
        return converter.convertTo(List.class, exchange, value);
    }
}
