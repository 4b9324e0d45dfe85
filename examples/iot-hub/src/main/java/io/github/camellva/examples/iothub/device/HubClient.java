package io.github.camellva.examples.iothub.device;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The one connection of a device or module to its hub, for the {@code client} option of {@code paho:}. MQTT 3.1.1 cannot renew
 * a token on a connection, so before one expires this connects anew with another: messages on their way are acknowledged first,
 * and those that come meanwhile wait. A message whose fate is not known fails, to be sent again by the route: at least once.
 */
public final class HubClient extends MqttClient implements MqttCallback {

    /** For the hub to acknowledge a message or a connection. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    /** For the last messages of a connection, a goodbye, and the next connection. */
    private static final Duration RENEWAL_TIMEOUT = ANSWER_TIMEOUT.multipliedBy(3);
    private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int MOST_UNACKNOWLEDGED = 1000;
    private static final double LIFE_BEFORE_RENEWAL = 0.8;

    private final ConnectionString device;
    private final HubSettings settings;
    private final HubListener listener;
    private final RetryDelay retryDelay;
    private final ScheduledThreadPoolExecutor timer;
    /** Publishing is reading: many at once, and none while the connection is changed. Fair, so that a change gets its turn. */
    private final ReadWriteLock connection = new ReentrantReadWriteLock(true);
    private Future<?> nextConnection;

    private HubClient(ConnectionString device, HubSettings settings, HubListener listener) throws MqttException {
        super("ssl://" + device.host() + ":" + settings.port(), device.clientId(), new MemoryPersistence());
        this.device = device;
        this.settings = settings;
        this.listener = listener;
        this.retryDelay = new RetryDelay(settings.firstRetry(), System::nanoTime);
        this.timer = timer("hub connection of " + device.clientId());
        setTimeToWait(ANSWER_TIMEOUT.toMillis());
        setCallback(this);
    }

    /** @throws IOException when the hub refuses it or cannot be reached; later it is tried again and again */
    public static HubClient connect(ConnectionString device, HubSettings settings, HubListener listener) throws IOException {
        HubClient client = null;
        try {
            client = new HubClient(device, settings, listener);
            listener.connected(client.connectWithFreshToken());
            return client;
        } catch (MqttException e) {
            if (client != null) {
                client.close();
            }
            throw new IOException(HubFailure.describe(e, device), e);
        }
    }

    @Override
    public void publish(String topic, MqttMessage message) throws MqttException {
        if (message.getQos() > 1) {
            throw new IllegalArgumentException("qos=" + message.getQos() + ": IoT Hub accepts 0 and 1, and ends a connection on"
                                               + " which 2 comes");
        }
        awaitConnection();
        try {
            super.publish(topic, message);
        } finally {
            connection.readLock().unlock();
        }
    }

    /** Messages on their way are acknowledged first, or given up after a while. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            // a connection that is being made could not be closed
            timer.awaitTermination(RENEWAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (isConnected()) {
                disconnect(ANSWER_TIMEOUT);
            }
            super.close();
        } catch (MqttException e) {
            // there is nothing left to close
        }
    }

    @Override
    public void connectionLost(Throwable cause) {
        retry(cause instanceof MqttException known ? known : new MqttException(cause));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        // nothing is subscribed to
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // publish waits for it
    }

    private void awaitConnection() throws MqttException {
        try {
            if (connection.readLock().tryLock(RENEWAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new MqttException(MqttException.REASON_CODE_CLIENT_TIMEOUT);
    }

    /** In place of the connection that there is, or was. */
    private void connectAnew() {
        // publishing ends of itself, if only because no acknowledgement came in time
        connection.writeLock().lock();
        try {
            boolean isRenewal = isConnected();
            if (isRenewal) {
                disconnect(Duration.ZERO);
            }
            Optional<Instant> expiry = connectWithFreshToken();
            if (isRenewal && expiry.isPresent()) {
                listener.renewed(expiry.get());
            } else {
                listener.connected(expiry);
            }
        } catch (MqttException e) {
            retry(e);
        } finally {
            connection.writeLock().unlock();
        }
    }

    /** Returns when the token expires; empty without one. */
    private Optional<Instant> connectWithFreshToken() throws MqttException {
        // tokens know whole seconds only
        Instant expiry = Instant.now().plus(settings.tokenLife()).plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        Optional<SasToken> token = device.key().map(key -> SasToken.sign(device, key, expiry));
        try {
            connect(options(token));
        } catch (MqttException e) {
            // after a hub that did not answer in time it would go on waiting, and refuse to connect anew
            aClient.disconnectForcibly(0, DISCONNECT_TIMEOUT.toMillis(), false);
            throw e;
        }
        retryDelay.connected();
        if (token.isPresent()) {
            long life = Duration.between(Instant.now(), expiry).toMillis();
            connectAnewIn(Duration.ofMillis((long) (life * LIFE_BEFORE_RENEWAL)));
        }
        if (!isConnected()) {
            // lost already, and that may have been told before its renewal was planned
            retry(new MqttException(MqttException.REASON_CODE_CONNECTION_LOST));
        }
        return token.map(SasToken::expiry);
    }

    private MqttConnectOptions options(Optional<SasToken> token) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName(device.userName());
        token.ifPresent(fresh -> options.setPassword(fresh.text().toCharArray()));
        options.setSocketFactory(settings.tls());
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout((int) ANSWER_TIMEOUT.toSeconds());
        options.setMaxInflight(MOST_UNACKNOWLEDGED);
        // what is not acknowledged is the route's to send again, not the client's as well
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        return options;
    }

    /** @param quiesce for messages on their way */
    private void disconnect(Duration quiesce) throws MqttException {
        try {
            aClient.disconnect(quiesce.toMillis(), null, null)
                    .waitForCompletion(quiesce.plus(DISCONNECT_TIMEOUT).toMillis());
        } catch (MqttException e) {
            // not even a goodbye can be sent
            aClient.disconnectForcibly(0, DISCONNECT_TIMEOUT.toMillis(), false);
        }
    }

    private void retry(MqttException why) {
        Duration delay = retryDelay.next();
        connectAnewIn(delay);
        if (!timer.isShutdown()) {
            listener.disconnected(HubFailure.describe(why, device), delay);
        }
    }

    /** Takes the place of what was planned before. */
    private synchronized void connectAnewIn(Duration delay) {
        if (nextConnection != null) {
            nextConnection.cancel(false);
        }
        nextConnection = timer.schedule(this::connectAnew, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once it is shut down it drops what is planned and what is asked of it. */
    private static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }
}
