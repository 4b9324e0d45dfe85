package io.github.camellva.onnx.detect;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camellva.grpc.text.Printable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LabelsTest {

    @TempDir
    Path directory;

    @Test
    void aFileHasOneInEachLine() throws Exception {
        Path file = Files.writeString(directory.resolve("labels.txt"), "person\r\ntraffic light \n\ncar\n\n");
        assertThat(Labels.ofFile(file).names()).containsExactly("person", "traffic light", "", "car");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{0: 'person', 1: \"driver's licence\", 2: 'été'}", "['person', \"driver's licence\", 'été']",
            "{1: \"driver's licence\", 0: 'person', 2: 'été'}" })
    void metadataHasThemAsPythonWritesThem(String names) {
        assertThat(Labels.ofMetadata(names).names()).containsExactly("person", "driver's licence", "été");
    }

    @Test
    void labelsThatLookLikeNumbersStayText() {
        assertThat(Labels.ofMetadata("{0: '0', 1: 7}").names()).containsExactly("0", "7");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{0: 'person', 2: 'car'}", "{'a': 'person'}", "{0: 'person'", "" })
    void otherMetadataIsRefused(String names) {
        assertThatThrownBy(() -> Labels.ofMetadata(names))
                .hasMessage("its metadata names is " + Printable.of(names) + "; {0: 'one', 1: 'other'} or ['one', 'other'] is accepted");
    }

    @Test
    void anotherCountThanTheModelHasClassesIsRefusedWithBoth() throws Exception {
        Path file = Files.writeString(directory.resolve("labels.txt"), "person\ncar");
        assertThatThrownBy(() -> Labels.ofFile(file).requireCount(80))
                .hasMessage("the model has 80 classes, and there are 2 labels in " + file);
    }

    @Test
    void anOptionWithACommaIsAList() throws Exception {
        assertThat(Labels.ofOption("person, car").names()).containsExactly("person", "car");
        assertThat(Labels.ofOption("person,").names()).containsExactly("person");
        Path file = Files.writeString(directory.resolve("labels.txt"), "dog");
        assertThat(Labels.ofOption(file.toString()).names()).containsExactly("dog");
    }
}
