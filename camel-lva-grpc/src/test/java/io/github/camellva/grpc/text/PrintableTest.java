package io.github.camellva.grpc.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(ints = { 0, '\n', '\r', '\t', 0x1b, 0x7f, 0x85, 0x9b, 0x2028, 0x2029, 0x202e, 0xd800, 0xfeff })
    void whatATerminalObeysIsEscaped(int character) {
        assertThat(Printable.of("a" + new String(Character.toChars(character)) + "b"))
                .isEqualTo("a\\u" + String.format("%04x", character) + "b");
    }

    @Test
    void lettersOfAllLanguagesStayWhatTheyAre() {
        assertThat(Printable.of("Tür 門 \ud83d\ude00 'q' \"")).isEqualTo("Tür 門 \ud83d\ude00 'q' \"");
        assertThat(Printable.of("")).isEmpty();
    }

    @Test
    void longTextsAreShortened() {
        assertThat(Printable.of("x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(Printable.of("x".repeat(65))).isEqualTo("x".repeat(64) + "...");
        assertThat(Printable.of("abc", 2)).isEqualTo("ab...");
        assertThat(Printable.of("\u2028".repeat(1_000_000))).hasSize(6 * 64 + 3);
    }
}
