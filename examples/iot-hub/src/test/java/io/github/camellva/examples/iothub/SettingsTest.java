package io.github.camellva.examples.iothub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    private static final String DEVICE = "HostName=hub;DeviceId=gate-1;SharedAccessKey=c2VjcmV0";
    private static final String MODULE = "HostName=hub;DeviceId=gate-1;ModuleId=lva;SharedAccessKey=c2VjcmV0";

    @TempDir
    private Path directory;

    private final Properties properties = new Properties();

    @Test
    void withoutAnythingItRunsForTenSecondsAgainstTheStandIn() throws Exception {
        Settings settings = settings(Map.of());
        assertThat(settings.device()).isEmpty();
        assertThat(settings.qos()).isEqualTo(1);
        assertThat(settings.tokenLife()).hasSeconds(4);
        assertThat(settings.cameras()).isEqualTo(2);
        assertThat(settings.frames()).isEqualTo(250);
        assertThat(settings.pace()).isEqualTo(Pace.REALTIME);
    }

    @Test
    void ofAHubTokensLiveForAnHourAndThePortIsThatOfAzure() throws Exception {
        properties.setProperty("connectionString", DEVICE);
        Settings settings = settings(Map.of());
        assertThat(settings.device()).hasValueSatisfying(
                device -> assertThat(device.clientId()).isEqualTo("gate-1"));
        assertThat(settings.tokenLife()).hasHours(1);
        assertThat(settings.keepAlive()).hasMinutes(1);
        assertThat(settings.port()).isEqualTo(8883);
    }

    @Test
    void theConnectionStringMayComeFromTheEnvironment() throws Exception {
        Map<String, String> environment = Map.of("EdgeHubConnectionString", MODULE, "IotHubConnectionString", DEVICE);
        assertThat(settings(environment).device()).hasValueSatisfying(
                device -> assertThat(device.clientId()).isEqualTo("gate-1/lva"));
        assertThat(settings(Map.of("IotHubConnectionString", DEVICE)).device()).isPresent();
        properties.setProperty("connectionString", DEVICE);
        assertThat(settings(environment).device()).hasValueSatisfying(
                device -> assertThat(device.clientId()).isEqualTo("gate-1"));
    }

    @ParameterizedTest
    @CsvSource({
            "qos, 2, '-Dqos=2: IoT Hub ends connections on which QoS 2 comes; accepted are 0, 1'",
            "qos, 3, '-Dqos=3: IoT Hub ends connections on which QoS 2 comes; accepted are 0, 1'",
            "keepAliveSeconds, 1178, '-DkeepAliveSeconds=1178: a whole number from 1 to 1177 is accepted'",
            "tokenSeconds, 0, '-DtokenSeconds=0: a whole number from 1 to 86400 is accepted'",
            "output, cloud, '-Doutput=cloud: only modules have outputs'",
            "certificate, gate.crt, '-Dcertificate=FILE and -Dkey=FILE belong together'",
            "trustedCertificates, no-such.pem, 'there is no file no-such.pem'",
            "connectionString, HostName=hub;DeviceId=a, 'the connection string has no SharedAccessKey'" })
    void whatIsNotAcceptedIsRefusedWithWhatIs(String name, String value, String message) {
        properties.setProperty(name, value);
        assertThatThrownBy(() -> settings(Map.of())).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
    }

    @Test
    void aModuleMayNameAnOutput() throws Exception {
        properties.setProperty("connectionString", MODULE);
        properties.setProperty("output", "cloud");
        assertThat(settings(Map.of()).output()).contains("cloud");
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.pem"), "");
        assertThatThrownBy(() -> settings(Map.of("EdgeModuleCACertificateFile", file.toString())))
                .isInstanceOf(UsageException.class)
                .hasMessage(file + " has no certificates in PEM (-----BEGIN CERTIFICATE-----)");
    }

    private Settings settings(Map<String, String> environment) throws UsageException {
        return Settings.of(properties, environment);
    }
}
