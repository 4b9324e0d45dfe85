package io.github.camellva.examples.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;

/**
 * What the user chose.
 *
 * @param frames  of each camera
 * @param brokers where Kafka is; one is started when there are none
 * @param outage  how long the broker is down while cameras send
 */
public record Settings(
        int cameras, int frames, Pace pace, Delivery delivery, Optional<String> brokers, Optional<Duration> outage) {

    /** As many sessions as the detector remembers. */
    private static final int MOST_CAMERAS = 16;
    private static final int MOST_FRAMES = 100_000;
    private static final int MOST_OUTAGE_SECONDS = 60;

    /** Of {@code -Dcameras}, {@code -Dframes}, {@code -Drealtime}, {@code -Ddelivery}, {@code -Dbrokers}, {@code -Doutage}. */
    public static Settings of(Properties properties) throws UsageException {
        Options options = new Options(properties);
        return new Settings(
                options.number("cameras", 3, MOST_CAMERAS), options.number("frames", 125, MOST_FRAMES),
                options.flag("realtime", true) ? Pace.REALTIME : Pace.UNLIMITED, delivery(options), brokers(options),
                outage(options));
    }

    private static Delivery delivery(Options options) throws UsageException {
        String chosen = options.choice(
                "delivery", Delivery.AT_LEAST_ONCE.label(), Delivery.AT_LEAST_ONCE.label(), Delivery.AT_ONCE.label());
        return chosen.equals(Delivery.AT_ONCE.label()) ? Delivery.AT_ONCE : Delivery.AT_LEAST_ONCE;
    }

    private static Optional<String> brokers(Options options) throws UsageException {
        Optional<String> brokers = options.text("brokers");
        if (brokers.isPresent() && !brokers.get().matches("[^:,\\s]+:\\d{1,5}(,[^:,\\s]+:\\d{1,5})*")) {
            throw new UsageException(
                    "-Dbrokers=" + brokers.get() + ": host:port is accepted, or several with commas between them, for instance"
                                     + " -Dbrokers=localhost:9092");
        }
        return brokers;
    }

    private static Optional<Duration> outage(Options options) throws UsageException {
        if (options.text("outage").isEmpty()) {
            return Optional.empty();
        }
        Duration outage = Duration.ofSeconds(options.number("outage", 5, MOST_OUTAGE_SECONDS));
        if (options.text("brokers").isPresent()) {
            throw new UsageException(
                    "-Doutage=" + outage.toSeconds() + ": only the example's own broker can be stopped; leave out -Dbrokers");
        }
        return Optional.of(outage);
    }
}
