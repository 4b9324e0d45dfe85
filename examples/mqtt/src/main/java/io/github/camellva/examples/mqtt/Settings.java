package io.github.camellva.examples.mqtt;

import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;

/**
 * What the user chose.
 *
 * @param broker   where to publish; an embedded one without
 * @param delivery when frames are answered
 * @param cameras  how many
 * @param frames   of each camera
 * @param pace     how fast they are sent
 */
public record Settings(Optional<String> broker, Delivery delivery, int cameras, int frames, Pace pace) {

    private static final int DEFAULT_CAMERAS = 3;
    /** The detector remembers a frame of so many sessions. */
    private static final int MOST_CAMERAS = 16;
    private static final int DEFAULT_FRAMES = 150;
    private static final int MOST_FRAMES = 1_000_000;

    private static final Pattern BROKER = Pattern.compile("(tcp|ssl|ws|wss)://[^/:@]+(:[0-9]+)?(/.*)?");

    /** Of {@code -Dbroker}, {@code -Ddelivery}, {@code -Dcameras}, {@code -Dframes} and {@code -Drealtime}. */
    public static Settings of(Properties properties) throws UsageException {
        Options options = new Options(properties);
        return new Settings(
                broker(options.text("broker")),
                Delivery.of(options.choice("delivery", Delivery.AT_LEAST_ONCE.label(), Delivery.labels())),
                options.number("cameras", DEFAULT_CAMERAS, MOST_CAMERAS),
                options.number("frames", DEFAULT_FRAMES, MOST_FRAMES),
                options.flag("realtime", true) ? Pace.REALTIME : Pace.UNLIMITED);
    }

    private static Optional<String> broker(Optional<String> url) throws UsageException {
        if (url.isPresent() && !BROKER.matcher(url.get()).matches()) {
            String shown = url.get().replaceAll("//.*@", "//...@");
            throw new UsageException(
                    "-Dbroker=" + shown + ": the URL of a broker is accepted, for instance -Dbroker=tcp://localhost:1883");
        }
        return url;
    }
}
