package io.github.camellva.grpc.inference;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Event;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.InferenceOther;
import io.github.camellva.proto.Motion;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class InferenceDocumentTest {

    /** The published example of each type, and the message it stands for. */
    static Stream<Arguments> examples() {
        return Stream.of(
                arguments("""
                        {"type":"classification","subtype":"lightDetection","classification":{"tag":{"value":"daylight","confidence":0.86},"attributes":[{"name":"isBlackAndWhite","value":"false","confidence":0.71}]}}""",
                        Inference.newBuilder().setType(InferenceType.CLASSIFICATION).setSubtype("lightDetection")
                                .setClassification(Classification.newBuilder().setTag(tag("daylight", 0.86f))
                                        .addAttributes(attribute("isBlackAndWhite", "false", 0.71f)))
                                .build()),
                arguments("""
                        {"type":"motion","subtype":"motionDetection","motion":{"box":{"l":0.0,"t":0.0,"w":0.5,"h":0.25}}}""",
                        Inference.newBuilder().setType(InferenceType.MOTION).setSubtype("motionDetection")
                                .setMotion(Motion.newBuilder().setBox(box(0, 0, 0.5f, 0.25f))).build()),
                arguments("""
                        {"type":"entity","subtype":"objectDetection","inferenceId":"4d32","sequenceId":"0999","entity":{"id":"7","tag":{"value":"car","confidence":0.95237225},"attributes":[{"name":"color","value":"black","confidence":0.9}],"box":{"l":0.0025893003,"t":0.550063,"w":0.1086607,"h":0.12116724}},"extensions":{"vector":"e1xk"}}""",
                        Inference.newBuilder().setType(InferenceType.ENTITY).setSubtype("objectDetection").setInferenceId("4d32")
                                .setSequenceId("0999").putExtensions("vector", "e1xk")
                                .setEntity(Entity.newBuilder().setId("7").setTag(tag("car", 0.95237225f))
                                        .addAttributes(attribute("color", "black", 0.9f))
                                        .setBox(box(0.0025893003f, 0.550063f, 0.1086607f, 0.12116724f)))
                                .build()),
                arguments("""
                        {"type":"text","subtype":"speechToText","text":{"value":"stop","language":"en-US","startTimestamp":12000,"endTimestamp":13000}}""",
                        Inference.newBuilder().setType(InferenceType.TEXT).setSubtype("speechToText")
                                .setText(Text.newBuilder().setValue("stop").setLanguage("en-US").setStartTimestamp(12000)
                                        .setEndTimestamp(13000))
                                .build()),
                arguments("""
                        {"type":"event","subtype":"lineCrossing","inferenceId":"8f4f","relatedInferences":["4d32"],"event":{"name":"LineCrossing1","properties":{"direction":"counterclockwise","total":"38"}}}""",
                        Inference.newBuilder().setType(InferenceType.EVENT).setSubtype("lineCrossing").setInferenceId("8f4f")
                                .addRelatedInferences("4d32")
                                .setEvent(Event.newBuilder().setName("LineCrossing1")
                                        .putProperties("direction", "counterclockwise").putProperties("total", "38"))
                                .build()),
                arguments("""
                        {"type":"other","subtype":"raw","other":{"contentType":"application/octet-stream","contentBytes":"AAEC"}}""",
                        Inference.newBuilder().setType(InferenceType.OTHER).setSubtype("raw")
                                .setOther(InferenceOther.newBuilder().setContentType("application/octet-stream")
                                        .setContentBytes(ByteString.copyFrom(new byte[] { 0, 1, 2 })))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachTypeIsWrittenExactlyAsPublished(String json, Inference inference) {
        assertThat(new InferenceDocument(145892470449324L, List.of(inference)).toJson())
                .isEqualTo("{\"timestamp\":145892470449324,\"inferences\":[" + json + "]}");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachTypeIsReadAsPublished(String json, Inference inference) {
        InferenceDocument document = InferenceDocument.parse("{\"timestamp\":145892470449324,\"inferences\":[" + json + "]}");
        assertThat(document.timestamp()).isEqualTo(145892470449324L);
        assertThat(document.inferences()).containsExactly(inference);
    }

    @Test
    void theTypeIsThatOfTheValueNeverAuto() {
        Inference untyped = Inference.newBuilder().setMotion(Motion.newBuilder().setBox(box(0, 0, 1, 1))).build();
        assertThat(new InferenceDocument(0, List.of(untyped)).toJson()).contains("\"type\":\"motion\"");
    }

    @Test
    void emptyMembersAreOmittedAndZerosOfABoxAreNot() {
        Inference entity = Inference.newBuilder().setEntity(Entity.newBuilder().setTag(tag("a", 0)).setBox(box(0, 0, 0, 0))).build();
        assertThat(new InferenceDocument(0, List.of(entity)).toJson()).isEqualTo(
                "{\"timestamp\":0,\"inferences\":[{\"type\":\"entity\",\"entity\":{\"tag\":{\"value\":\"a\",\"confidence\":0.0},"
                                                                                 + "\"box\":{\"l\":0.0,\"t\":0.0,\"w\":0.0,\"h\":0.0}}}]}");
        Inference text = Inference.newBuilder().setText(Text.newBuilder().setValue("a")).build();
        assertThat(new InferenceDocument(0, List.of(text)).toJson()).endsWith("{\"type\":\"text\",\"text\":{\"value\":\"a\"}}]}");
    }

    @Test
    void timestampsAreUnsigned64BitIntegers() {
        assertThat(new InferenceDocument(-1, List.of()).toJson()).startsWith("{\"timestamp\":18446744073709551615,");
        assertThat(InferenceDocument.parse("{\"timestamp\":18446744073709551615,\"inferences\":[]}").timestamp()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({ "0.97052866", "0.1", "0.01", "1.0E-5", "1.17549435E-38", "3.4028235E38", "2.0E-44", "0.33333334", "1.0E10" })
    void numbersAreTheShortestTextOfAFloat(String shortest) {
        Inference inference = Inference.newBuilder()
                .setClassification(Classification.newBuilder().setTag(tag("a", Float.parseFloat(shortest)))).build();
        String json = new InferenceDocument(0, List.of(inference)).toJson();
        String written = json.substring(json.indexOf("confidence\":") + 12, json.indexOf("}}}"));
        assertThat(Float.parseFloat(written)).isEqualTo(Float.parseFloat(shortest));
        assertThat(written.length()).as(written).isLessThanOrEqualTo(shortest.length());
    }

    @Test
    void everyFloatSurvivesTheWayThereAndBack() {
        java.util.Random random = new java.util.Random(5);
        for (int i = 0; i < 2000; i++) {
            float number = Float.intBitsToFloat(random.nextInt());
            if (!Float.isFinite(number)) {
                continue;
            }
            Inference inference = Inference.newBuilder().setType(InferenceType.MOTION)
                    .setMotion(Motion.newBuilder().setBox(box(number, 0, 0, 0))).build();
            assertThat(InferenceDocument.parse(new InferenceDocument(0, List.of(inference)).toJson()).inferences())
                    .containsExactly(inference);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = { Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY })
    void whatJsonCannotExpressIsNotWritten(float number) {
        Inference inference = Inference.newBuilder().setMotion(Motion.newBuilder().setBox(box(0, 0, number, 0))).build();
        assertThatExceptionOfType(InvalidInferenceException.class)
                .isThrownBy(() -> new InferenceDocument(0, List.of(inference)).toJson())
                .withMessageContaining("$.inferences[0].motion.box.w").withMessageContaining(String.valueOf(number));
    }

    @Test
    void anInferenceWithoutValueIsNotWritten() {
        assertThatExceptionOfType(InvalidInferenceException.class)
                .isThrownBy(() -> new InferenceDocument(0, List.of(Inference.getDefaultInstance())).toJson())
                .withMessageContaining("$.inferences[0]").withMessageContaining("no value");
    }

    @Test
    void aDocumentAnArrayOrASingleInferenceAreRead() {
        String motion = "{\"motion\":{\"box\":{\"l\":0,\"t\":0,\"w\":1,\"h\":1}}}";
        assertThat(InferenceDocument.parse("{\"inferences\":[" + motion + "]}").inferences()).hasSize(1);
        assertThat(InferenceDocument.parse("[" + motion + "," + motion + "]").inferences()).hasSize(2);
        assertThat(InferenceDocument.parse(motion.getBytes(StandardCharsets.UTF_8)).inferences()).hasSize(1);
        assertThat(InferenceDocument.parse(new ByteArrayInputStream(motion.getBytes(StandardCharsets.UTF_8))).inferences()).hasSize(1);
    }

    @Test
    void mapsAndListsAreReadInPlaceOfText() {
        Map<String, Object> entity = Map.of(
                "type", "entity", "extensions", Map.of("n", 3),
                "entity", Map.of("tag", Map.of("value", "car", "confidence", 0.95237225), "box",
                        Map.of("l", 0, "t", 0.25f, "w", 0.5, "h", 1)));
        assertThat(InferenceDocument.ofMaps(Map.of("timestamp", 5, "inferences", List.of(entity))).inferences())
                .singleElement().satisfies(inference -> {
                    assertThat(inference.getEntity().getTag().getConfidence()).isEqualTo(0.95237225f);
                    assertThat(inference.getExtensionsMap()).containsEntry("n", "3");
                });
        assertThat(InferenceDocument.ofMaps(List.of(entity, entity)).inferences()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"type\":\"ENTITY\",\"entity\":{\"tag\":{\"value\":\"a\"},\"box\":{\"l\":-0.014,\"t\":1.2,\"w\":0,\"h\":0}}}",
            "{\"sequenceId\":\"7\",\"entity\":{\"tag\":{\"value\":\"a\"},\"box\":{\"l\":0,\"t\":0,\"w\":0,\"h\":0}},\"later\":1}",
            "{\"type\":\"event\",\"event\":{\"name\":\"a\",\"properties\":{},\"box\":{\"l\":0,\"t\":0,\"w\":0,\"h\":0}}}",
            "{\"type\":\"entity\",\"entity\":{\"tag\":{\"value\":\"a\"},\"box\":{\"l\":0,\"t\":0,\"w\":0,\"h\":0}},\"motion\":null}" })
    void whatRealDocumentsHaveBeyondTheSchemaIsTaken(String json) {
        assertThat(InferenceDocument.parse(json).inferences()).hasSize(1);
    }

    @Test
    void theBoxOfAnEventHasNoPlaceInTheProtocolAndIsLeftOut() {
        InferenceDocument document = InferenceDocument.parse(
                "{\"event\":{\"name\":\"a\",\"properties\":{},\"box\":{\"l\":0,\"t\":0,\"w\":0,\"h\":0}}}");
        assertThat(document.toJson()).doesNotContain("box");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"type\":\"entiti\",\"motion\":{}} | $.type | 'entiti'",
            "{\"type\":\"auto\",\"motion\":{\"box\":{}}} | $.type | 'auto'",
            "{\"type\":\"entity\"} | $ | no value",
            "{} | $ | no value",
            "{\"motion\":{\"box\":{}},\"event\":{}} | $ | several values, motion, event",
            "{\"type\":\"entity\",\"motion\":{\"box\":{}}} | $.type | the value is motion",
            "{\"motion\":{}} | $.motion.box | is missing",
            "{\"motion\":{\"box\":{\"l\":0,\"t\":0,\"w\":0}}} | $.motion.box.h | is missing",
            "{\"motion\":{\"box\":{\"l\":\"0\",\"t\":0,\"w\":0,\"h\":0}}} | $.motion.box.l | the string '0'",
            "{\"motion\":{\"box\":{\"l\":1e39,\"t\":0,\"w\":0,\"h\":0}}} | $.motion.box.l | finite",
            "{\"motion\":{\"box\":[]}} | $.motion.box | must be an object, and is an array",
            "{\"entity\":{\"box\":{\"l\":0,\"t\":0,\"w\":0,\"h\":0}}} | $.entity.tag | is missing",
            "{\"entity\":{\"tag\":{},\"box\":{}}} | $.entity.tag.value | is missing",
            "{\"entity\":{\"tag\":{\"value\":\"a\"}}} | $.entity.box | is missing",
            "{\"classification\":{\"tag\":{\"value\":\"a\"},\"attributes\":[{\"name\":\"x\"}]}} | $.classification.attributes[0].value | is missing",
            "{\"event\":{\"properties\":{}}} | $.event.name | is missing",
            "{\"event\":{\"name\":\"a\"}} | $.event.properties | is missing",
            "{\"text\":{}} | $.text.value | is missing",
            "{\"text\":{\"value\":\"a\",\"startTimestamp\":-1}} | $.text.startTimestamp | from 0 to 18446744073709551615",
            "{\"text\":{\"value\":\"a\",\"startTimestamp\":1.5}} | $.text.startTimestamp | must be an integer",
            "{\"other\":{\"contentBytes\":\"?\"}} | $.other.contentBytes | base64",
            "{\"other\":{\"contentBytes\":7}} | $.other.contentBytes | base64",
            "{\"inferences\":{}} | $.inferences | must be an array",
            "{\"inferences\":[7]} | $.inferences[0] | must be an inference",
            "{\"timestamp\":\"x\",\"inferences\":[]} | $.timestamp | must be an integer",
            "{\"motion\":{\"box\":{\"l\":NaN,\"t\":0,\"w\":0,\"h\":0}}} | $ | is not JSON",
            "{\"motion\":1,\"motion\":2} | $ | is not JSON: Duplicate field 'motion'",
            "nonsense | $ | is not JSON",
            "{\"timestamp\":1E2470449324,\"inferences\":[]} | $ | is not JSON",
            "{} {} | $ | is not JSON",
            "7 | $ | must be an inference document",
            "`` | $ | must be an inference document" })
    void whatHasLostItsMeaningIsRefusedNamingThePath(String json, String path, String problem) {
        assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.parse(json))
                .withMessageStartingWith(path + ": ").withMessageContaining(problem);
    }

    @Test
    void bytesThatAreNoCharactersAreRefused() {
        byte[] beyondUnicode = { 0, 0, 0, '[', 0x7f, 0, 0, 0 };
        assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.parse(beyondUnicode))
                .withMessageStartingWith("$: is not JSON: Invalid UTF-32");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "[", "{\"inferences\":[", "{\"entity\":", "[[", "{\"a\":{\"b\":[" })
    void aDocumentNestedTooDeeplyIsRefused(String level) {
        String json = level.repeat(100_000);
        assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.parse(json))
                .withMessageContaining("depth").withMessageContaining("32");
        assertThatExceptionOfType(InvalidInferenceException.class)
                .isThrownBy(() -> InferenceDocument.parse(json.getBytes(StandardCharsets.UTF_8))).withMessageContaining("depth");
    }

    @ParameterizedTest
    @ValueSource(ints = { 40, 1000, 100_000 })
    void mapsNestedTooDeeplyAreRefusedToo(int depth) {
        Object value = List.of();
        for (int i = 0; i < depth; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("inferences", value);
        }
        Object nested = value;
        assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.ofMaps(nested))
                .withMessage("$: is nested too deeply; at most 32 levels are accepted");
    }

    @Test
    void mapsThatContainOneAnotherManyTimesOverAreRefused() {
        Object[] laughs = { "ha" };
        for (int i = 0; i < 8; i++) {
            laughs = new Object[] { List.of(laughs, laughs, laughs), laughs, Map.of("a", laughs, "b", laughs) };
        }
        Object billion = laughs;
        assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.ofMaps(billion))
                .withMessageContaining("too many values; at most 1000000");
    }

    @Test
    void mapsThatContainThemselvesAreRefused() {
        Map<String, Object> cycle = new HashMap<>();
        cycle.put("inferences", List.of(cycle));
        assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.ofMaps(cycle))
                .withMessageContaining("nested too deeply");
    }

    @Test
    void aDocumentOfTooManyValuesIsRefused() {
        String json = "{\"inferences\":[" + "7,".repeat(1_000_000) + "7]}";
        assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.parse(json))
                .withMessageContaining("1000000");
    }

    @Test
    void aDocumentThatNeverEndsIsRefused() {
        InputStream blanks = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                Arrays.fill(target, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.parse(blanks))
                .withMessageContaining("67108864");
    }

    @Test
    void manyEntitiesAreWithinTheLimits() {
        String entity = "{\"type\":\"entity\",\"entity\":{\"tag\":{\"value\":\"a\",\"confidence\":0.5},"
                        + "\"box\":{\"l\":0,\"t\":0,\"w\":1,\"h\":1}}}";
        String json = "{\"inferences\":[" + (entity + ",").repeat(19_999) + entity + "]}";
        assertThat(InferenceDocument.parse(json).inferences()).hasSize(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"type\":\"%s\",\"motion\":{}}", "{\"motion\":{\"box\":{\"l\":\"%s\",\"t\":0,\"w\":0,\"h\":0}}}",
            "{\"event\":{\"name\":\"a\",\"properties\":{\"%s\":[]}}}", "%s", "{\"a\":1} %s", "{\"%s\":1,\"%s\":2}" })
    void errorsQuoteLittleAndNothingThatATerminalObeys(String json) {
        String evil = "\u0085\u009b\u2028\u202e".repeat(10_000);
        assertThatExceptionOfType(InvalidInferenceException.class)
                .isThrownBy(() -> InferenceDocument.parse(json.replace("%s", evil)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2200)
                        .doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}\\x{202e}]"));
    }

    @Test
    void errorsShortenLongNumbersAndNames() {
        for (String json : List.of(
                "{\"text\":{\"value\":\"a\",\"startTimestamp\":" + "9".repeat(900) + "}}",
                "{\"text\":{\"value\":\"a\",\"startTimestamp\":1." + "9".repeat(900) + "}}",
                "{\"motion\":{\"box\":{\"l\":" + "9".repeat(900) + ",\"t\":0,\"w\":0,\"h\":0}}}",
                "{\"event\":{\"name\":\"a\",\"properties\":{\"" + "p".repeat(900) + "\":[]}}}")) {
            assertThatExceptionOfType(InvalidInferenceException.class).isThrownBy(() -> InferenceDocument.parse(json))
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250).contains("..."));
        }
    }

    private static Tag tag(String value, float confidence) {
        return Tag.newBuilder().setValue(value).setConfidence(confidence).build();
    }

    private static Attribute attribute(String name, String value, float confidence) {
        return Attribute.newBuilder().setName(name).setValue(value).setConfidence(confidence).build();
    }

    private static Rectangle box(float l, float t, float w, float h) {
        return Rectangle.newBuilder().setL(l).setT(t).setW(w).setH(h).build();
    }
}
