package io.github.camellva.video;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.camellva.video.source.PlayerCounts;
import io.github.camellva.video.source.PlayerState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** Counts of a source as meters of Micrometer. */
final class MicrometerMeters implements VideoMeters {

    private static final String PREFIX = "camel.lvavideo.";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    private MicrometerMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    static VideoMeters of(CamelContext context, LvaVideoConsumer consumer) {
        MeterRegistry registry = CamelContextHelper.findSingleByType(context, MeterRegistry.class);
        if (registry == null) {
            return () -> { };
        }
        MicrometerMeters meters = new MicrometerMeters(
                registry, Tags.of("camelContext", context.getName(), "routeId", String.valueOf(consumer.getRouteId()), "source", consumer.getSource()));
        meters.register(consumer);
        return meters;
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private void register(LvaVideoConsumer consumer) {
        frames(consumer.counts(), "completed", PlayerCounts::getCompleted);
        frames(consumer.counts(), "failed", PlayerCounts::getFailed);
        frames(consumer.counts(), "skipped", PlayerCounts::getSkipped);
        counter(consumer.counts(), "decoded", "Frames that came out of the source", PlayerCounts::getDecoded);
        counter(consumer.counts(), "decoding.errors", "Times that data could not be decoded", PlayerCounts::getDecodingErrors);
        counter(consumer.counts(), "losses", "Times that the source was lost", PlayerCounts::getLosses);
        counter(consumer.counts(), "bytes", "Bytes of pictures", PlayerCounts::getBytes);
        meters.add(Gauge.builder(PREFIX + "inflight", consumer, LvaVideoConsumer::getFramesInFlight)
                .description("Frames that wait for the route or are in it").tags(tags).register(registry));
        meters.add(Gauge.builder(PREFIX + "playing", consumer, source -> source.status().state() == PlayerState.PLAYING ? 1 : 0)
                .description("Whether frames come from the source").tags(tags).register(registry));
    }

    private void frames(PlayerCounts counts, String outcome, ToDoubleFunction<PlayerCounts> value) {
        meters.add(FunctionCounter.builder(PREFIX + "frames", counts, value).description("Frames, by outcome")
                .tags(tags).tag("outcome", outcome).register(registry));
    }

    private void counter(PlayerCounts counts, String name, String description, ToDoubleFunction<PlayerCounts> value) {
        meters.add(FunctionCounter.builder(PREFIX + name, counts, value).description(description).tags(tags).register(registry));
    }
}
