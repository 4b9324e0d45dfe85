package io.github.camellva.examples.iothub.device;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConnectionStringTest {

    private static final String KEY = "YW4gZXhhbXBsZSBrZXkgb2YgMzIgYnl0ZXMsIGZpeGU=";

    @Test
    void aDeviceIsNamedAsItsHubNamesIt() {
        ConnectionString device = ConnectionString.parse(
                "HostName=hub.azure-devices.net;DeviceId=gate-1;SharedAccessKey=" + KEY);
        assertThat(device.clientId()).isEqualTo("gate-1");
        assertThat(device.userName()).isEqualTo("hub.azure-devices.net/gate-1/?api-version=2021-04-12");
        assertThat(device.resource()).isEqualTo("hub.azure-devices.net%2Fdevices%2Fgate-1");
        assertThat(device.eventsTopic("a=b")).isEqualTo("devices/gate-1/messages/events/a=b");
        assertThat(device.host()).isEqualTo("hub.azure-devices.net");
        assertThat(device.key()).hasValueSatisfying(
                key -> assertThat(key).asString().isEqualTo("an example key of 32 bytes, fixe"));
    }

    @Test
    void aModuleIsNamedWithItsDevice() {
        ConnectionString module = ConnectionString.parse(
                "HostName=hub.azure-devices.net;DeviceId=gate-1;ModuleId=lva;SharedAccessKey=" + KEY);
        assertThat(module.clientId()).isEqualTo("gate-1/lva");
        assertThat(module.userName()).isEqualTo("hub.azure-devices.net/gate-1/lva/?api-version=2021-04-12");
        assertThat(module.resource()).isEqualTo("hub.azure-devices.net%2Fdevices%2Fgate-1%2Fmodules%2Flva");
        assertThat(module.eventsTopic("")).isEqualTo("devices/gate-1/modules/lva/messages/events/");
    }

    @Test
    void behindAGatewayOnlyTheHostOfTheConnectionIsAnother() {
        String direct = "HostName=hub.azure-devices.net;DeviceId=gate-1;SharedAccessKey=" + KEY;
        ConnectionString edge = ConnectionString.parse(direct + ";GatewayHostName=edge.local");
        assertThat(edge.host()).isEqualTo("edge.local");
        assertThat(edge.userName()).isEqualTo(ConnectionString.parse(direct).userName());
        assertThat(edge.resource()).isEqualTo(ConnectionString.parse(direct).resource());
    }

    @ParameterizedTest
    @CsvSource({
            "DeviceId=gate-1;SharedAccessKey=c2VjcmV0, HostName",
            "HostName=hub;SharedAccessKey=c2VjcmV0, DeviceId",
            "HostName=hub;DeviceId=;SharedAccessKey=c2VjcmV0, DeviceId",
            "HostName=hub;DeviceId=gate-1, SharedAccessKey",
            "c2VjcmV0, HostName" })
    void whatIsMissingIsNamed(String text, String missing) {
        assertThatThrownBy(() -> ConnectionString.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the connection string has no " + missing + ": HostName=...;DeviceId=...;")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void theConnectionStringOfTheHubItselfIsRecognized() {
        String ofHub = "HostName=hub;SharedAccessKeyName=iothubowner;SharedAccessKey=c2VjcmV0";
        assertThatThrownBy(() -> ConnectionString.parse(ofHub))
                .hasMessageStartingWith("the connection string has no DeviceId; this one is the hub's own");
    }

    @Test
    void aKeyIsNeverShown() {
        ConnectionString device = ConnectionString.parse("HostName=hub;DeviceId=gate-1;SharedAccessKey=" + KEY);
        assertThat(device).hasToString("gate-1 at hub");
        assertThatThrownBy(() -> ConnectionString.parse("HostName=hub;DeviceId=gate-1;SharedAccessKey=se-cret"))
                .hasMessageStartingWith("the SharedAccessKey of the connection string is not base64").hasNoCause();
        String twice = "HostName=hub;DeviceId=a;SharedAccessKey=c2VjcmV0;SharedAccessKey=c2Vj";
        assertThatThrownBy(() -> ConnectionString.parse(twice))
                .hasMessageStartingWith("a part of the connection string is there twice").hasMessageNotContaining("c2Vj");
    }

    @Test
    void aDeviceWithACertificateHasNoKey() {
        assertThat(ConnectionString.parse("HostName=hub;DeviceId=gate-1;x509=true").key()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "gate/1", "gate+1", "#gate" })
    void aNameThatMeansSomethingInATopicIsRefused(String name) {
        assertThatThrownBy(() -> ConnectionString.parse("HostName=hub;DeviceId=" + name + ";SharedAccessKey=" + KEY))
                .hasMessageStartingWith("DeviceId=" + name + ": ");
        assertThatThrownBy(() -> ConnectionString.parse("HostName=hub;DeviceId=a;ModuleId=" + name + ";SharedAccessKey=" + KEY))
                .hasMessageStartingWith("ModuleId=" + name + ": ");
    }
}
