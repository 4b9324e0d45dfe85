package io.github.camellva.examples.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
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
        assertThat(settings.model()).isEmpty();
        assertThat(settings.placeholders()).containsEntry("model", "classpath:models/bright-blobs.onnx")
                .containsEntry("confidence", "0.25").containsEntry("overlap", "0.45").containsEntry("most", "100")
                .containsEntry("parallel", "2").doesNotContainKeys("labels", "size");
        assertThat(settings.frames()).isEqualTo(250);
        assertThat(settings.pace()).isEqualTo(Pace.REALTIME);
        assertThat(settings.serve()).isEmpty();
    }

    @Test
    void everythingCanBeChosen() throws Exception {
        Settings settings = settings("confidence", "0.5", "overlap", "0.7", "most", "10", "threads", "3", "parallel", "4",
                "size", "640x384", "frames", "7", "realtime", "false", "configuration", "people", "serve", "0.0.0.0:5001");
        assertThat(settings.placeholders()).containsEntry("confidence", "0.5").containsEntry("overlap", "0.7")
                .containsEntry("most", "10").containsEntry("threads", "3").containsEntry("parallel", "4")
                .containsEntry("size", "640x384").containsEntry("address", "0.0.0.0:5001");
        assertThat(settings.pace()).isEqualTo(Pace.UNLIMITED);
        assertThat(settings.configuration()).contains("people");
        assertThat(settings.serve()).contains("0.0.0.0:5001");
    }

    @Test
    void aPortAloneIsServedToThisMachineOnly() throws Exception {
        assertThat(settings("serve", "5001").serve()).contains("127.0.0.1:5001");
    }

    @Test
    void labelsGoWithAModel() throws Exception {
        Path model = Files.createFile(directory.resolve("people.onnx"));
        Path labels = Files.createFile(directory.resolve("coco.names"));
        assertThat(settings("model", model.toString(), "labels", labels.toString()).placeholders())
                .containsEntry("model", model.toString()).containsEntry("labels", labels.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "confidence | 40       | a number above 0 and up to 1",
            "overlap    | half     | a number above 0 and up to 1",
            "most       | 0        | from 1 to 1000",
            "threads    | 0        | from 1 to 256",
            "parallel   | 17       | from 1 to 16",
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
