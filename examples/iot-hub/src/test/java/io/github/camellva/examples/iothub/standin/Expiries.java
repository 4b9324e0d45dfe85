package io.github.camellva.examples.iothub.standin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** Ends connections when their tokens expire. */
final class Expiries implements AutoCloseable {

    private final HubObserver observer;
    private final Clock clock;
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "stand-in hub: tokens that expire");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Object> planned = ConcurrentHashMap.newKeySet();

    Expiries(HubObserver observer, Clock clock) {
        this.observer = observer;
        this.clock = clock;
    }

    /** Asked again for the same connection, it does nothing. */
    void endAt(RemotingConnection connection, Instant expiry) {
        if (planned.add(connection.getID())) {
            long wait = Math.max(0, Duration.between(clock.instant(), expiry).toMillis());
            timer.schedule(() -> end(connection), wait, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void end(RemotingConnection connection) {
        planned.remove(connection.getID());
        if (connection.getTransportConnection().isOpen()) {
            observer.refused(connection.getClientID(), "its token expired");
            connection.disconnect(false);
        }
    }
}
