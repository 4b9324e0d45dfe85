package io.github.camellva.examples.iothub.device;

import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/**
 * How to connect to a hub.
 *
 * @param tls        whom to trust, and the device's own certificate if it has one
 * @param tokenLife  how long a token is valid; it is renewed before
 * @param keepAlive  how long nothing may be heard of the hub
 * @param firstRetry how long after a lost connection to try again; the wait doubles with every failure
 */
public record HubSettings(int port, SSLSocketFactory tls, Duration tokenLife, Duration keepAlive, Duration firstRetry) {

    public static final int AZURE_PORT = 8883;
    public static final Duration DEFAULT_TOKEN_LIFE = Duration.ofHours(1);
    public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofMinutes(1);
    /** IoT Hub accepts no more. */
    public static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(1177);

    public HubSettings {
        if (keepAlive.compareTo(LONGEST_KEEP_ALIVE) > 0 || keepAlive.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "a keep-alive of " + keepAlive.toSeconds() + " s: IoT Hub accepts 1 to " + LONGEST_KEEP_ALIVE.toSeconds());
        }
        if (tokenLife.toSeconds() < 1) {
            throw new IllegalArgumentException("a token of " + tokenLife.toMillis() + " ms: at least a second is accepted");
        }
    }

    /** With Azure's port and its usual durations. */
    public HubSettings(SSLSocketFactory tls) {
        this(AZURE_PORT, tls, DEFAULT_TOKEN_LIFE, DEFAULT_KEEP_ALIVE, Duration.ofSeconds(1));
    }
}
