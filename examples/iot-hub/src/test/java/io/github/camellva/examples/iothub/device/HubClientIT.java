package io.github.camellva.examples.iothub.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.iothub.HubRecorder;
import io.github.camellva.examples.iothub.standin.ReceivedMessage;
import io.github.camellva.examples.iothub.standin.StandInCertificate;
import io.github.camellva.examples.iothub.standin.StandInHub;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class HubClientIT {

    private static final int PUBLISHERS = 8;
    private static final HubRecorder HUB = new HubRecorder();
    private static StandInHub hub;

    @TempDir
    private Path directory;

    private final HubRecorder told = new HubRecorder();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private String name;

    @BeforeAll
    static void start() throws Exception {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        hub = StandInHub.start("localhost", HUB);
    }

    @AfterAll
    static void stop() throws Exception {
        Awaitility.reset();
        hub.close();
    }

    @BeforeEach
    void nameDevice(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void aDevicePublishes() throws Exception {
        try (HubClient client = connect(hub.registerDevice(name))) {
            client.publish("devices/" + name + "/messages/events/$.mid=1", message("{}", 1));
        }
        assertThat(HUB.received(name)).extracting(ReceivedMessage::body).containsExactly("{}");
        assertThat(told.connections()).hasSize(1);
        assertThat(told.losses()).isEmpty();
    }

    @Test
    void aModulePublishes() throws Exception {
        try (HubClient client = connect(hub.registerModule(name, "lva"))) {
            client.publish("devices/" + name + "/modules/lva/messages/events/$.on=cloud", message("{}", 1));
        }
        assertThat(HUB.received(name + "/lva")).singleElement()
                .satisfies(message -> assertThat(message.properties()).containsEntry("$.on", "cloud"));
    }

    @Test
    void anEdgeHubIsConnectedToInTheNameOfTheHub() throws Exception {
        try (StandInHub edge = StandInHub.start("hub.azure-devices.net", HUB)) {
            for (String direct : List.of(edge.registerDevice("edge"), edge.registerModule("edge", "lva"))) {
                ConnectionString device = ConnectionString.parse(direct + ";GatewayHostName=localhost");
                try (HubClient client = HubClient.connect(device, settings(edge), told)) {
                    client.publish(device.eventsTopic("$.mid=1"), message("{}", 1));
                }
                assertThat(HUB.received(device.clientId())).hasSize(1);
            }
        }
    }

    @Test
    void aDeviceWithACertificateShowsItAndNoPassword() throws Exception {
        StandInCertificate own = StandInCertificate.make(directory, name);
        String device = hub.registerDevice(name, own);
        HubTls tls = new HubTls().trusting(hub.trustedCertificates()).showing(own.certificatePem(), own.keyPem());
        try (HubClient client = HubClient.connect(ConnectionString.parse(device), settings(hub.port(), tls), told)) {
            client.publish("devices/" + name + "/messages/events/", message("{}", 1));
        }
        assertThat(HUB.received(name)).hasSize(1);
        assertThat(told.connections()).singleElement().satisfies(expiry -> assertThat(expiry).isEmpty());
        // not with somebody else's
        StandInCertificate other = StandInCertificate.make(directory, "other");
        HubTls wrong = new HubTls().trusting(hub.trustedCertificates()).showing(other.certificatePem(), other.keyPem());
        assertThatThrownBy(() -> HubClient.connect(
                ConnectionString.parse(device), settings(hub.port(), wrong), told))
                .isInstanceOf(IOException.class).hasMessageContaining("refuses");
    }

    @Test
    void aWrongKeyIsToldWithoutShowingIt() {
        hub.registerDevice(name);
        String wrong = "HostName=localhost;DeviceId=" + name + ";SharedAccessKey=c2VjcmV0";
        assertThatThrownBy(() -> connect(wrong)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("localhost refuses " + name + " as not authorized: its key is wrong, ")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void aClockThatIsTooLateIsToldWithItsTime() throws Exception {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
        try (StandInHub other = StandInHub.start("localhost", ahead, HUB)) {
            ConnectionString device = ConnectionString.parse(other.registerDevice(name));
            assertThatThrownBy(() -> HubClient.connect(device, settings(other), told)).isInstanceOf(IOException.class)
                    .hasMessageContaining("or this clock is wrong, which says 20");
            assertThat(HUB.refusals()).anyMatch(why -> why.startsWith(name + ": a token that expired at"));
        }
    }

    @Test
    void aHubThatIsNotTrustedIsTold() throws Exception {
        ConnectionString device = ConnectionString.parse(hub.registerDevice(name));
        assertThatThrownBy(() -> HubClient.connect(device, settings(hub.port(), new HubTls()), told))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("localhost cannot be reached: ").hasMessageContaining("certification path");
    }

    @Test
    void aHubThatIsNotThereIsTold() throws Exception {
        ConnectionString device = ConnectionString.parse(hub.registerDevice(name));
        assertThatThrownBy(() -> HubClient.connect(device, settings(unusedPort(), new HubTls()), told))
                .isInstanceOf(IOException.class)
                .hasMessage("localhost cannot be reached: ConnectException, Connection refused");
    }

    @Test
    void qosTwoIsRefusedBeforeItIsSent() throws Exception {
        try (HubClient client = connect(hub.registerDevice(name))) {
            String topic = "devices/" + name + "/messages/events/";
            assertThatThrownBy(() -> client.publish(topic, message("{}", 2))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("qos=2: IoT Hub accepts 0 and 1, and ends a connection on which 2 comes");
            client.publish(topic, message("{}", 0));
            client.publish(topic, message("{}", 1));
        }
        assertThat(HUB.received(name)).hasSize(2);
    }

    @Test
    void theTokenIsRenewedUnderLoadAndEveryMessageIsAcknowledgedAndArrives() throws Exception {
        HubSettings settings = settings(hub, Duration.ofSeconds(1));
        try (HubClient client = HubClient.connect(ConnectionString.parse(hub.registerDevice(name)), settings, told)) {
            publishUntil(client, () -> told.renewals().size() >= 3);
        }
        assertThat(failures).hasValue(0);
        assertThat(told.losses()).isEmpty();
        assertThat(arrivedOnce()).hasSize((int) published.get());
        // nothing was sent twice either
        assertThat(HUB.received(name)).hasSize((int) published.get());
    }

    @Test
    void aTokenThatTheHubTakesForExpiredIsRenewedOnANewConnection() throws Exception {
        // by the hub's clock a token of three seconds lives for one or two, which is before it is renewed
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMillis(1900));
        try (StandInHub other = StandInHub.start("localhost", ahead, HUB)) {
            ConnectionString device = ConnectionString.parse(other.registerDevice(name));
            HubSettings settings = settings(other, Duration.ofSeconds(3));
            try (HubClient client = HubClient.connect(device, settings, told)) {
                publishUntil(client, () -> told.connections().size() >= 3);
            }
        }
        assertThat(HUB.refusals()).contains(name + ": its token expired");
        assertThat(told.losses()).isNotEmpty()
                .allSatisfy(why -> assertThat(why).startsWith("localhost ended the connection: its token expired, "));
        assertThat(arrivedOnce()).hasSize((int) published.get());
    }

    @Test
    void aConnectionThatTheHubEndsIsTakenUpAgainAndNothingAcknowledgedIsLost() throws Exception {
        try (HubClient client = connect(hub.registerDevice(name))) {
            publishUntil(client, () -> {
                if (client.isConnected() && told.losses().size() < 3 && published.get() > 50 * told.losses().size()) {
                    hub.endConnection(name);
                }
                return told.connections().size() >= 4;
            });
        }
        assertThat(told.renewals()).isEmpty();
        assertThat(failures).hasPositiveValue();
        assertThat(arrivedOnce()).hasSize((int) published.get());
    }

    @Test
    void whoConnectsWithTheSameIdentityTakesOver() throws Exception {
        String device = hub.registerDevice(name);
        HubRecorder second = new HubRecorder();
        try (HubClient first = connect(device)) {
            try (HubClient other = HubClient.connect(ConnectionString.parse(device), settings(hub), second)) {
                await().until(() -> !told.losses().isEmpty());
                assertThat(told.losses().get(0)).contains(name + " connected a second time");
            }
            await().until(first::isConnected);
        }
    }

    @Test
    void aHubThatIsGoneIsTriedAgainUntilTheClientIsClosed() throws Exception {
        HubClient client;
        try (StandInHub other = StandInHub.start("localhost", HUB)) {
            client = HubClient.connect(ConnectionString.parse(other.registerDevice(name)), settings(other), told);
        }
        await().until(() -> told.losses().size() >= 3);
        assertThat(told.losses().get(2)).startsWith("localhost cannot be reached: ConnectException");
        assertThatThrownBy(() -> client.publish("devices/" + name + "/messages/events/", message("{}", 1)))
                .isInstanceOf(MqttException.class);
        client.close();
        awaitNoThreadOfClient();
    }

    @Test
    void aHubThatDoesNotAnswerIsGivenUpAndTriedAgain() throws Exception {
        String topic = "devices/" + name + "/messages/events/";
        try (StandInHub other = StandInHub.start("localhost", HUB)) {
            ConnectionString device = ConnectionString.parse(other.registerDevice(name));
            try (HubClient client = HubClient.connect(device, settings(other), told)) {
                client.setTimeToWait(1000);
                other.keepSilent();
                assertThatThrownBy(() -> client.publish(topic, message("{}", 1))).isInstanceOf(MqttException.class);
                other.endConnection(name);
                await().until(() -> told.losses().stream().anyMatch("localhost does not answer"::equals));
                other.speak();
                await().until(() -> told.connections().size() == 2);
                client.publish(topic, message("{}", 1));
            }
        }
    }

    @Test
    void aConnectionThatIsBeingMadeIsClosedToo() throws Exception {
        try (StandInHub other = StandInHub.start("localhost", HUB)) {
            ConnectionString device = ConnectionString.parse(other.registerDevice(name));
            HubClient client = HubClient.connect(device, settings(other), told);
            client.setTimeToWait(1000);
            other.keepSilent();
            other.endConnection(name);
            await().until(() -> !told.losses().isEmpty());
            client.close();
            other.speak();
            assertThat(client.isConnected()).isFalse();
            awaitNoThreadOfClient();
        }
    }

    /** Its own has the name of the device, and so have those of Paho. */
    private void awaitNoThreadOfClient() {
        await().until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().contains(name)));
    }

    /** Several threads, each of which publishes a message until it is acknowledged, and then the next. */
    private void publishUntil(HubClient client, Callable<Boolean> enough) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
        try {
            List<Future<?>> publishers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                String publisher = "publisher-" + i;
                publishers.add(threads.submit(() -> {
                    for (long number = 1; !stop.get(); number++) {
                        publishUntilAcknowledged(client, publisher + "-" + number);
                        published.incrementAndGet();
                    }
                    return null;
                }));
            }
            await().until(enough);
            stop.set(true);
            for (Future<?> publisher : publishers) {
                publisher.get(30, TimeUnit.SECONDS);
            }
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    private void publishUntilAcknowledged(HubClient client, String id) {
        await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
                .until(() -> isAcknowledged(client, id));
    }

    private boolean isAcknowledged(HubClient client, String id) throws InterruptedException {
        try {
            client.publish("devices/" + name + "/messages/events/$.mid=" + id, message(id, 1));
            return true;
        } catch (MqttException e) {
            failures.incrementAndGet();
            return false;
        }
    }

    private List<String> arrivedOnce() {
        return HUB.received(name).stream().map(ReceivedMessage::body).distinct().toList();
    }

    private HubClient connect(String device) throws Exception {
        return HubClient.connect(ConnectionString.parse(device), settings(hub), told);
    }

    private static HubSettings settings(StandInHub of) throws Exception {
        return settings(of, HubSettings.DEFAULT_TOKEN_LIFE);
    }

    private static HubSettings settings(StandInHub of, Duration tokenLife) throws Exception {
        return settings(of.port(), new HubTls().trusting(of.trustedCertificates()), tokenLife);
    }

    private static HubSettings settings(int port, HubTls tls) throws Exception {
        return settings(port, tls, HubSettings.DEFAULT_TOKEN_LIFE);
    }

    private static HubSettings settings(int port, HubTls tls, Duration tokenLife) throws Exception {
        return new HubSettings(
                port, tls.socketFactory(), tokenLife, HubSettings.DEFAULT_KEEP_ALIVE, Duration.ofMillis(50));
    }

    private static MqttMessage message(String body, int qos) {
        MqttMessage message = new MqttMessage(body.getBytes(StandardCharsets.UTF_8));
        message.setQos(qos);
        return message;
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
