package io.github.camellva.examples.iothub.standin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PropertyBagTest {

    @Test
    void isDecoded() throws Exception {
        assertThat(PropertyBag.read("$.ct=application%2Fjson&%24.ce=utf-8&subject=a%20b%3D%C3%A4&empty="))
                .containsEntry("$.ct", "application/json").containsEntry("$.ce", "utf-8")
                .containsEntry("subject", "a b=ä").containsEntry("empty", "").hasSize(4);
        assertThat(PropertyBag.read("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "a=1&b, a property that is not name=value: b",
            "a=1&, 'a property that is not name=value: '",
            "a=1=2, a property that is not name=value: a=1=2",
            "=1, a property that is not name=value: =1",
            "a=1&a=2, a property that is there twice: a",
            "a=b/c, a property that is not percent-encoded: b/c",
            "a=b+c, a property that is not percent-encoded: b+c",
            "a=%2, a property that is not percent-encoded: %2",
            "$.typo=1, an unknown system property: $.typo" })
    void whatTheHubWouldNotUnderstandIsRefused(String bag, String why) {
        assertThatThrownBy(() -> PropertyBag.read(bag)).isInstanceOf(RefusedException.class).hasMessage(why);
    }
}
