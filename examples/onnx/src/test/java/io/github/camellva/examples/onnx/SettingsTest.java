package io.github.camellva.examples.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.onnx.runtime.InputSize;
import io.github.camellva.examples.onnx.runtime.ModelFile;
import io.github.camellva.examples.onnx.yolo.Thresholds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {

    @TempDir
    Path directory;

    @Test
    void everythingHasADefault() throws Exception {
        Settings settings = settings();
        assertThat(settings.models()).isEmpty();
        assertThat(settings.thresholds()).isEqualTo(new Thresholds(0.25f, 0.45f, 100));
        assertThat(settings.run().parallel()).isEqualTo(2);
        assertThat(settings.run().threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.frames()).isEqualTo(250);
        assertThat(settings.pace()).isEqualTo(Pace.REALTIME);
        assertThat(settings.serve()).isEmpty();
    }

    @Test
    void everythingCanBeChosen() throws Exception {
        Settings settings = settings("confidence", "0.5", "overlap", "0.7", "most", "10", "threads", "3", "parallel", "4",
                "size", "640x384", "frames", "7", "realtime", "false", "configuration", "people", "serve", "0.0.0.0:5001");
        assertThat(settings.thresholds()).isEqualTo(new Thresholds(0.5f, 0.7f, 10));
        assertThat(settings.run().threads()).isEqualTo(3);
        assertThat(settings.run().parallel()).isEqualTo(4);
        assertThat(settings.run().inputSize()).contains(new InputSize(640, 384));
        assertThat(settings.pace()).isEqualTo(Pace.UNLIMITED);
        assertThat(settings.configuration()).contains("people");
        assertThat(settings.serve()).contains("0.0.0.0:5001");
    }

    @Test
    void aPortAloneIsServedToThisMachineOnly() throws Exception {
        assertThat(settings("serve", "5001").serve()).contains("127.0.0.1:5001");
    }

    @Test
    void oneSideIsThatOfASquare() throws Exception {
        assertThat(settings("size", "640").run().inputSize()).contains(new InputSize(640, 640));
    }

    @Test
    void aModelIsNamedAfterItsFileAndHasTheLabelsBesideIt() throws Exception {
        Path model = Files.createFile(directory.resolve("people.onnx"));
        assertThat(settings("model", model.toString()).models())
                .isEqualTo(List.of(new ModelFile("people", model, Optional.empty())));
        Path beside = Files.createFile(directory.resolve("people.txt"));
        assertThat(settings("model", model.toString()).models())
                .isEqualTo(List.of(new ModelFile("people", model, Optional.of(beside))));
        Path other = Files.createFile(directory.resolve("coco.names"));
        assertThat(settings("model", model.toString(), "labels", other.toString()).models())
                .isEqualTo(List.of(new ModelFile("people", model, Optional.of(other))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "confidence | 40       | a number above 0 and up to 1",
            "overlap    | half     | a number above 0 and up to 1",
            "most       | 0        | from 1 to 1000",
            "threads    | 0        | from 1 to 256",
            "parallel   | 17       | from 1 to 16",
            "size       | 640x0    | pixels from 1 to 4096",
            "size       | 9999     | pixels from 1 to 4096",
            "size       | big      | pixels from 1 to 4096",
            "serve      | 70000    | a port is accepted",
            "serve      | http://a | a port is accepted",
            "realtime   | no       | true, false",
            "picture    | none.jpg | there is no file",
            "model      | none     | there is no file",
            "models     | none     | no directory",
            "labels     | pom.xml  | accepted together with -Dmodel" })
    void whatIsNotAcceptedIsToldInOneLine(String name, String value, String message) {
        assertThatThrownBy(() -> settings(name, value)).isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-D" + name + "=" + value + ": ").hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aModelAndADirectoryOfModelsAreTooMuch() {
        assertThatThrownBy(() -> settings("model", "pom.xml", "models", "src"))
                .hasMessage("-Dmodel=pom.xml -Dmodels=src: one of the two is accepted");
    }

    private static Settings settings(String... properties) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            chosen.setProperty(properties[i], properties[i + 1]);
        }
        return Settings.of(chosen);
    }
}
