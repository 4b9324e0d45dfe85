package io.github.camellva.examples.iothub.standin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocketFactory;

import io.github.camellva.examples.iothub.HubRecorder;
import io.github.camellva.examples.iothub.device.HubTls;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttSecurityException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That the stand-in is as strict as the hub: a client that is nothing of ours does what is wrong. */
@Timeout(60)
class StandInHubIT {

    private static final HubRecorder RECORDER = new HubRecorder();
    private static StandInHub hub;
    private static SSLSocketFactory tls;

    private String device;
    private byte[] key;
    private MqttClient client;
    private final CompletableFuture<Throwable> lost = new CompletableFuture<>();

    @BeforeAll
    static void start() throws Exception {
        hub = StandInHub.start("hub.test", RECORDER);
        tls = new HubTls().trusting(hub.trustedCertificates()).socketFactory();
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @BeforeEach
    void register(TestInfo test) {
        device = test.getTestMethod().orElseThrow().getName();
        key = keyOf(hub.registerDevice(device));
    }

    @AfterEach
    void close() throws Exception {
        if (client != null) {
            if (client.isConnected()) {
                client.disconnect();
            }
            client.close();
        }
    }

    @Test
    void aValidTokenIsAcceptedAndItsMessagesAreTaken() throws Exception {
        connect(device, options());
        publish("devices/" + device + "/messages/events/$.mid=1&subject=a%20b", "{}", 1);
        assertThat(RECORDER.received(device)).singleElement().satisfies(message -> {
            assertThat(message.properties()).containsEntry("$.mid", "1").containsEntry("subject", "a b").hasSize(2);
            assertThat(message.body()).isEqualTo("{}");
        });
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        key = keyOf(hub.registerDevice("another"));
        refused(options -> { }, "a token that is signed with another key");
    }

    @Test
    void anExpiredTokenIsRefused() {
        Instant expired = Instant.now().minusSeconds(1);
        refused(options -> options.setPassword(token("hub.test/devices/" + device, expired)), "a token that expired at");
    }

    @Test
    void aTokenForSomebodyElseIsRefused() {
        refused(options -> options.setPassword(token("hub.test/devices/another", Instant.now().plusSeconds(60))),
                "a token for hub.test%2Fdevices%2Fanother");
        refused(options -> options.setPassword(token("other.test/devices/" + device, Instant.now().plusSeconds(60))),
                "a token for other.test%2Fdevices%2F");
    }

    @Test
    void aPasswordThatIsNoTokenIsRefused() {
        refused(options -> options.setPassword("secret".toCharArray()), "a password that is no shared access signature");
        refused(options -> options.setPassword(new char[0]), "a password that is no shared access signature");
    }

    @Test
    void anotherVersionOfTheApiIsRefused() {
        refused(options -> options.setUserName("hub.test/" + device + "/?api-version=2016-11-14"),
                "the user name hub.test/" + device + "/?api-version=2016-11-14, in place of");
    }

    @Test
    void aUserNameThatNamesAnotherHubOrDeviceIsRefused() {
        refused(options -> options.setUserName("other.test/" + device + "/?api-version=2021-04-12"),
                "the user name other.test/");
        refused(options -> options.setUserName("hub.test/another/?api-version=2021-04-12"), "the user name hub.test/another/");
    }

    @Test
    void aClientIdThatIsNotTheDevicesIsRefused() {
        assertThatThrownBy(() -> connect(device + "-1", options())).isInstanceOf(MqttSecurityException.class);
        assertThat(RECORDER.refusals()).anyMatch(told -> told.startsWith(device + "-1: the user name"));
    }

    @Test
    void anUnknownDeviceIsRefused() {
        device = "nobody";
        refused(options -> { }, "an unknown device or module");
    }

    @Test
    void moreKeepAliveThanTheHubHasEndsTheConnection() {
        MqttConnectOptions options = options();
        options.setKeepAliveInterval(1178);
        assertThatThrownBy(() -> connect(device, options)).isInstanceOf(MqttException.class);
        assertThat(RECORDER.refusals()).anyMatch(told -> told.contains("a keep-alive of 1178 s"));
    }

    @Test
    void anotherVersionOfMqttEndsTheConnection() {
        // 3.1 knows no longer names than of 23 characters
        device = "old";
        MqttConnectOptions options = options();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1);
        assertThatThrownBy(() -> connect(device, options)).isInstanceOf(MqttException.class);
        assertThat(RECORDER.refusals()).anyMatch(told -> told.contains("MQTT of version 3"));
    }

    @Test
    void theTopicOfAnotherDeviceEndsTheConnection() throws Exception {
        endsConnection("devices/another/messages/events/", "{}", 1, "the topic devices/another/messages/events/");
        assertThat(RECORDER.received("another")).isEmpty();
    }

    @Test
    void aTopicThatIsForNoMessagesEndsTheConnection() throws Exception {
        endsConnection("devices/" + device + "/inferences", "{}", 1, "the topic devices/" + device + "/inferences");
    }

    @Test
    void aDeviceCannotPublishAsItsModule() throws Exception {
        endsConnection("devices/" + device + "/modules/lva/messages/events/", "{}", 1, "the topic devices/");
    }

    @Test
    void qosTwoEndsTheConnection() throws Exception {
        endsConnection("devices/" + device + "/messages/events/", "{}", 2, "QoS 2");
        assertThat(RECORDER.received(device)).isEmpty();
    }

    @Test
    void propertiesThatCannotBeReadEndTheConnection() throws Exception {
        endsConnection("devices/" + device + "/messages/events/subject=a b", "{}", 1,
                "a property that is not percent-encoded: a b");
    }

    @Test
    void aMessageThatIsTooLargeEndsTheConnection() throws Exception {
        connect(device, options());
        String events = "devices/" + device + "/messages/events/";
        publish(events + "a=b", "x".repeat(262_144 - 3), 1);
        assertThat(RECORDER.received(device)).singleElement().extracting(ReceivedMessage::bytes).isEqualTo(262_144);
        assertThatThrownBy(() -> publish(events + "a=b", "x".repeat(262_144 - 2), 1)).isInstanceOf(MqttException.class);
        assertThat(lost.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(RECORDER.refusals()).contains(device + ": a message of 262145 bytes, more than 262144");
    }

    @Test
    void aTokenThatExpiresEndsTheConnection() throws Exception {
        MqttConnectOptions options = options();
        // whole seconds: at least one is left
        options.setPassword(token("hub.test/devices/" + device, Instant.now().plusSeconds(2)));
        connect(device, options);
        assertThat(lost.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(RECORDER.refusals()).contains(device + ": its token expired");
    }

    @Test
    void aSecondConnectionOfTheSameDeviceEndsTheFirst() throws Exception {
        connect(device, options());
        MqttClient first = client;
        connect(device, options());
        assertThat(lost.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(first.isConnected()).isFalse();
        assertThatCode(() -> publish("devices/" + device + "/messages/events/", "{}", 1)).doesNotThrowAnyException();
        first.close();
    }

    @Test
    void nothingIsLeftOfItWhenItIsClosed() throws Exception {
        Path directory;
        try (StandInHub other = StandInHub.start("hub.test", RECORDER)) {
            directory = other.trustedCertificates().getParent();
            assertThat(directory).isNotEmptyDirectory();
        }
        assertThat(directory).doesNotExist();
    }

    private void refused(Consumer<MqttConnectOptions> wrong, String why) {
        MqttConnectOptions options = options();
        wrong.accept(options);
        assertThatThrownBy(() -> connect(device, options)).isInstanceOf(MqttSecurityException.class);
        assertThat(RECORDER.refusals()).anyMatch(told -> told.startsWith(device + ": " + why));
    }

    private void endsConnection(String topic, String body, int qos, String why) throws Exception {
        connect(device, options());
        assertThatThrownBy(() -> publish(topic, body, qos)).isInstanceOf(MqttException.class);
        assertThat(lost.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(RECORDER.refusals()).anyMatch(told -> told.startsWith(device + ": " + why));
    }

    private void connect(String clientId, MqttConnectOptions options) throws MqttException {
        client = new MqttClient("ssl://localhost:" + hub.port(), clientId, new MemoryPersistence());
        client.setTimeToWait(20_000);
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {
                lost.complete(cause);
            }

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                // nothing is subscribed to
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
                // publish waits for it
            }
        });
        client.connect(options);
    }

    private void publish(String topic, String body, int qos) throws MqttException {
        client.publish(topic, body.getBytes(StandardCharsets.UTF_8), qos, false);
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("hub.test/" + device + "/?api-version=2021-04-12");
        options.setPassword(token("hub.test/devices/" + device, Instant.now().plus(Duration.ofMinutes(1))));
        options.setSocketFactory(tls);
        return options;
    }

    /** Made by hand, without what the example makes them with. */
    private char[] token(String resource, Instant expiry) {
        try {
            String encoded = URLEncoder.encode(resource, StandardCharsets.UTF_8);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] signature = mac.doFinal((encoded + "\n" + expiry.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
            return ("SharedAccessSignature sr=" + encoded + "&sig="
                    + URLEncoder.encode(Base64.getEncoder().encodeToString(signature), StandardCharsets.UTF_8)
                    + "&se=" + expiry.getEpochSecond()).toCharArray();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] keyOf(String connectionString) {
        return Base64.getDecoder().decode(connectionString.replaceAll(".*SharedAccessKey=", ""));
    }
}
