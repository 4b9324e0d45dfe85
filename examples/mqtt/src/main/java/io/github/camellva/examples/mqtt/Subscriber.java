package io.github.camellva.examples.mqtt;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to the results of all cameras with a connection of its own, and does so again whenever the broker is back. A
 * broker that keeps sessions keeps what arrives meanwhile.
 */
final class Subscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private static final int QOS = 1;
    private static final long RETRY_MILLIS = 500;
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final int KEEP_ALIVE_SECONDS = 10;
    /** How long a broker keeps the session of a subscriber that has gone. */
    private static final long SESSION_SECONDS = 120;

    private final MqttClient client;
    private final BiConsumer<String, byte[]> inbox;
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile boolean subscribed;
    private final ScheduledExecutorService connector
            = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "Subscriber"));

    private Subscriber(String broker, BiConsumer<String, byte[]> inbox) throws MqttException {
        this.inbox = inbox;
        client = new MqttClient(broker, "subscriber-" + UUID.randomUUID(), new MemoryPersistence());
        client.setTimeToWait(TIMEOUT_MILLIS);
        client.setCallback(new Callback());
    }

    /** @param inbox is given the topic and the payload of each message that arrives, one after the other */
    static Subscriber start(String broker, BiConsumer<String, byte[]> inbox) throws MqttException {
        Subscriber subscriber = new Subscriber(broker, inbox);
        subscriber.connector.scheduleWithFixedDelay(subscriber::subscribe, 0, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        return subscriber;
    }

    /** Waits until it has tried for the first time, but not for ever; whether it has subscribed. */
    boolean awaitSubscribed(long millis) throws InterruptedException {
        return tried.await(millis, TimeUnit.MILLISECONDS) && isSubscribed();
    }

    /** Whether what is published now arrives. */
    boolean isSubscribed() {
        return subscribed && client.isConnected();
    }

    private void subscribe() {
        if (isSubscribed()) {
            return;
        }
        subscribed = false;
        try {
            client.connect(options());
            client.subscribe(Topics.ALL, QOS);
            subscribed = true;
        } catch (MqttException e) {
            LOG.info("Not subscribed: {}", e.toString());
            dropConnection();
        } finally {
            tried.countDown();
        }
    }

    private static MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_SECONDS);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout((int) TimeUnit.MILLISECONDS.toSeconds(TIMEOUT_MILLIS));
        return options;
    }

    private void dropConnection() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, TIMEOUT_MILLIS);
            }
        } catch (MqttException e) {
            LOG.info("Not disconnected: {}", e.toString());
        }
    }

    @Override
    public void close() throws MqttException {
        connector.shutdownNow();
        try {
            if (client.isConnected()) {
                client.unsubscribe(Topics.ALL);
                client.disconnect();
            }
        } catch (MqttException e) {
            LOG.info("Not unsubscribed: {}", e.toString());
        } finally {
            client.close(true);
        }
    }

    private final class Callback implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            inbox.accept(topic, message.getPayload());
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            LOG.info("Disconnected: {}", response);
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            LOG.info("Error: {}", exception.toString());
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // it publishes nothing
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // subscribe() knows
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // no such authentication is asked for
        }
    }
}
