package io.github.camellva.onnx;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelChoiceTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "{}" })
    void withoutAConfigurationNothingIsChosen(String configuration) {
        assertThat(ModelChoice.of(configuration)).isEqualTo(new ModelChoice(Optional.empty(), Optional.empty()));
    }

    @Test
    void plainTextIsTheNameOfAModel() {
        assertThat(ModelChoice.of(" people\n")).isEqualTo(new ModelChoice(Optional.of("people"), Optional.empty()));
    }

    @Test
    void jsonHasAModelAndAConfidence() {
        assertThat(ModelChoice.of("{\"model\":\"people\",\"confidence\":0.4}"))
                .isEqualTo(new ModelChoice(Optional.of("people"), Optional.of(0.4f)));
        assertThat(ModelChoice.of("{\"confidence\":1}")).isEqualTo(new ModelChoice(Optional.empty(), Optional.of(1f)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"model\":7}              | model is 7; a name is accepted",
            "{\"model\":null}           | model is null; a name is accepted",
            "{\"confidence\":0}         | confidence is 0; a number above 0 and up to 1 is accepted",
            "{\"confidence\":40}        | confidence is 40; a number above 0 and up to 1 is accepted",
            "{\"confidence\":\"0.4\"}   | confidence is \"0.4\"; a number above 0 and up to 1 is accepted",
            "{\"confidense\":0.4}       | has a member 'confidense'; accepted are the name of a model",
            "{\"model\":\"people\"      | is no JSON",
            "{\"model\":\"people\"} {}  | is no JSON" })
    void whatIsNeitherIsRefusedWithWhatIsAccepted(String configuration, String message) {
        assertThatThrownBy(() -> ModelChoice.of(configuration)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the extension configuration").hasMessageContaining(message);
    }
}
