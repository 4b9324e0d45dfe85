package io.github.camellva.grpc.inference;

import java.util.List;

import io.github.camellva.grpc.inference.Plausibility.Doubt;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which values of a model are taken for what they cannot be. */
class PlausibilityTest {

    private static final String GOOD = entity(0.9, 0.1, 0.1, 0.2, 0.3);

    @ParameterizedTest
    @CsvSource({
            "0.9, 0,      0,      1,     1",
            "1,   0.5,   -0.014,  0.2,   0.3",
            "0,   0.0026, 0.55,   0.11,  0.12",
            "1.001, 0.98, 0.9,    0.1,   1.02",
            "0.5, -0.2,   1.2,    1.3,   0.1" })
    void whatRealServersAnswerIsPlausible(double confidence, double l, double t, double w, double h) {
        assertThat(doubts(entity(confidence, l, t, w, h))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "100, 0.1, 0.1, 0.1, l", "0.1, 55, 0.1, 0.1, t", "0, 0, 416, 0.1, w", "0, 0, 0.1, 2, h", "-12, 0, 0.1, 0.1, l" })
    void pixelsAreNamedWithTheirPath(double l, double t, double w, double h, String side) {
        assertThat(doubts(GOOD, entity(0.9, l, t, w, h))).singleElement().satisfies(doubt -> {
            assertThat(doubt.path()).isEqualTo("$.inferences[1].entity.box." + side);
            assertThat(doubt.problem()).contains("from 0 to 1", "pixels", "divide");
        });
    }

    @ParameterizedTest
    @CsvSource({ "90, percent", "1.5, percent", "100, percent", "1234, raw score", "-3.7, raw score" })
    void aConfidenceIsNamedWithTheLikelyCause(double confidence, String cause) {
        assertThat(doubts(entity(confidence, 0, 0, 1, 1))).singleElement().satisfies(doubt -> {
            assertThat(doubt.path()).isEqualTo("$.inferences[0].entity.tag.confidence");
            assertThat(doubt.problem()).contains(Float.toString((float) confidence), cause);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"classification\":{\"tag\":{\"value\":\"day\",\"confidence\":90}}}",
            "{\"classification\":{\"tag\":{\"value\":\"day\"},\"attributes\":[{\"name\":\"a\",\"value\":\"b\",\"confidence\":90}]}}",
            "{\"motion\":{\"box\":{\"l\":100,\"t\":0,\"w\":1,\"h\":1}}}",
            "{\"entity\":{\"tag\":{\"value\":\"car\"},\"attributes\":[{\"name\":\"a\",\"value\":\"b\",\"confidence\":90}],"
                                                                        + "\"box\":{\"l\":0,\"t\":0,\"w\":1,\"h\":1}}}" })
    void everyKindThatHasBoxesOrConfidencesIsLookedAt(String inference) {
        assertThat(doubts(inference)).hasSize(1);
    }

    @Test
    void aConfidenceThatIsNoNumberIsNone() {
        Inference nan = Inference.newBuilder().setClassification(
                Classification.newBuilder().setTag(Tag.newBuilder().setConfidence(Float.NaN))).build();
        assertThat(Plausibility.doubt(List.of(nan))).hasValueSatisfying(
                doubt -> assertThat(doubt.path()).isEqualTo("$.inferences[0].classification.tag.confidence"));
    }

    private static List<Doubt> doubts(String... inferences) {
        String document = "{\"inferences\":[" + String.join(",", inferences) + "]}";
        return Plausibility.doubt(InferenceDocument.parse(document).inferences()).stream().toList();
    }

    private static String entity(double confidence, double l, double t, double w, double h) {
        return "{\"entity\":{\"tag\":{\"value\":\"car\",\"confidence\":" + confidence + "},\"box\":{\"l\":" + l + ",\"t\":" + t
               + ",\"w\":" + w + ",\"h\":" + h + "}}}";
    }
}
