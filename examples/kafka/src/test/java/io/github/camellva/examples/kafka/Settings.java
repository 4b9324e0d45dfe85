package io.github.camellva.examples.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.OptionReader.Matching;
import io.github.camellva.examples.rig.OptionReader.WholeNumber;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
import picocli.CommandLine.Option;

/** What the user chose. */
final class Settings {

    /** As many as the detector remembers. */
    @Option(names = "-Dcameras")
    @WholeNumber(to = 16, example = 3)
    private int cameras = 3;

    @Option(names = "-Dframes")
    @WholeNumber(to = 100_000, example = 125)
    private int frames = 125;

    @Option(names = "-Drealtime", arity = "1")
    private boolean realtime = true;

    @Option(names = "-Ddelivery")
    private Delivery delivery = Delivery.AT_LEAST_ONCE;

    @Option(names = "-Dbrokers", description = "host:port is accepted, or several with commas between them, for instance"
                                               + " -Dbrokers=localhost:9092")
    @Matching("[^:,\\s]+:\\d{1,5}(,[^:,\\s]+:\\d{1,5})*")
    private String brokers;

    @Option(names = "-Doutage")
    @WholeNumber(to = 60, example = 5)
    private Integer outage;

    static Settings of(Properties properties) throws UsageException {
        Settings settings = OptionReader.read(new Settings(), properties);
        if (settings.outage != null && settings.brokers != null) {
            throw new UsageException(
                    "-Doutage=" + settings.outage + ": only the example's own broker can be stopped; leave out -Dbrokers");
        }
        return settings;
    }

    int cameras() {
        return cameras;
    }

    /** Of each camera. */
    int frames() {
        return frames;
    }

    Pace pace() {
        return realtime ? Pace.REALTIME : Pace.UNLIMITED;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Where Kafka is; a broker is started when this is empty. */
    Optional<String> brokers() {
        return Optional.ofNullable(brokers);
    }

    /** How long the broker is down while cameras send. */
    Optional<Duration> outage() {
        return Optional.ofNullable(outage).map(Duration::ofSeconds);
    }
}
