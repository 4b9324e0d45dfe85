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

    private final String broker;
    private final BiConsumer<String, byte[]> inbox;
    private final String clientId = "subscriber-" + UUID.randomUUID();
    private final CountDownLatch tried = new CountDownLatch(1);
    private final ScheduledExecutorService connector
            = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "Subscriber"));
    private volatile MqttClient client;
    private volatile boolean subscribed;

    private Subscriber(String broker, BiConsumer<String, byte[]> inbox) {
        this.broker = broker;
        this.inbox = inbox;
    }

    /** @param inbox is given the topic and the payload of each message that arrives, one after the other */
    static Subscriber start(String broker, BiConsumer<String, byte[]> inbox) {
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
            discardClient();
            // not the one of the connection before: messages that are still queued in it can keep it from connecting for ever
            client = new MqttClient(broker, clientId, new MemoryPersistence());
            client.setTimeToWait(TIMEOUT_MILLIS);
            client.setCallback(new Callback());
            client.connect(options());
            client.subscribe(Topics.ALL, QOS);
            subscribed = true;
        } catch (MqttException e) {
            LOG.info("Not subscribed: {}", e.toString());
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

    private void discardClient() {
        if (client == null) {
            return;
        }
        try {
            if (client.isConnected()) {
                client.disconnect();
            }
            client.close(true);
        } catch (MqttException e) {
            LOG.info("Not closed: {}", e.toString());
        }
    }

    @Override
    public void close() throws InterruptedException, MqttException {
        connector.shutdownNow();
        connector.awaitTermination(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        try {
            if (isSubscribed()) {
                client.unsubscribe(Topics.ALL);
            }
        } finally {
            discardClient();
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
