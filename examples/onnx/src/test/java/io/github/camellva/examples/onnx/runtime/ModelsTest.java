package io.github.camellva.examples.onnx.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.github.camellva.examples.onnx.TinyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ModelsTest {

    private static final ModelSettings SETTINGS = new ModelSettings(Optional.empty(), 1, 1);

    @TempDir
    Path directory;

    @BeforeEach
    void writeTwoModels() throws Exception {
        write("people");
        write("cars");
    }

    @Test
    void modelsAreFoundByName() throws Exception {
        try (Models models = load()) {
            assertThat(models.get(Optional.of("people")).name()).isEqualTo("people");
            assertThat(models.get(Optional.of("cars")).name()).isEqualTo("cars");
            assertThat(models.get(Optional.of("cars"))).isSameAs(models.get(Optional.of("cars")));
        }
    }

    @Test
    void theOnlyOneNeedNotBeNamed() throws Exception {
        Files.delete(directory.resolve("cars.onnx"));
        try (Models models = load()) {
            assertThat(models.get(Optional.empty()).name()).isEqualTo("people");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "dogs", "people.onnx", "../people", "People", "./people", "people\0", "" })
    void otherNamesAreRefusedWithThoseThatThereAre(String name) throws Exception {
        try (Models models = load()) {
            assertThatThrownBy(() -> models.get(Optional.of(name)))
                    .hasMessageStartingWith("there is no model '" + name.replace('\0', '?') + "'; ")
                    .hasMessageEndingWith("the extension configuration may name one of [cars, people]");
        }
    }

    @Test
    void ofSeveralOneMustBeNamed() throws Exception {
        try (Models models = load()) {
            assertThatThrownBy(() -> models.get(Optional.empty()))
                    .hasMessage("no model is chosen; the extension configuration may name one of [cars, people]");
        }
    }

    @Test
    void ofALongNameTheBeginningIsTold() throws Exception {
        try (Models models = load()) {
            assertThatThrownBy(() -> models.get(Optional.of("a".repeat(100_000))))
                    .hasMessageContaining("'" + "a".repeat(60) + "...'");
        }
    }

    @Test
    void aBrokenOneIsToldBeforeAnyIsUsed() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.onnx"), "broken");
        assertThatThrownBy(this::load).isInstanceOf(ModelException.class).hasMessageStartingWith(broken + ": ");
    }

    @Test
    void aDirectoryWithoutModelsOrWithTooManyIsRefused() throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> Models.filesIn(empty)).hasMessage(empty + " has 0 files named *.onnx; 1 to 16 are accepted");
        for (int i = 0; i < 15; i++) {
            Files.createFile(directory.resolve(i + ".onnx"));
        }
        assertThatThrownBy(() -> Models.filesIn(directory))
                .hasMessage(directory + " has 17 files named *.onnx; 1 to 16 are accepted");
        assertThatThrownBy(() -> Models.filesIn(directory.resolve("none")))
                .hasMessageEndingWith("is no directory that can be read");
    }

    private Models load() throws Exception {
        return Models.load(Models.filesIn(directory), SETTINGS);
    }

    private void write(String name) throws Exception {
        TinyModel.ofClasses(2).metadata("names", "['a', 'b']").write(directory.resolve(name + ".onnx"));
    }
}
