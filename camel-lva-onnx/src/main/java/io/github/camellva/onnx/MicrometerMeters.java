package io.github.camellva.onnx;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.camellva.onnx.model.StageTimes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** Exports counts to the Micrometer registry that Camel's registry holds. */
final class MicrometerMeters implements DetectionMeters {

    private static final String PREFIX = "camel.lvaonnx.";

    private final MeterRegistry registry;
    private final Tags tags;

    private MicrometerMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    static DetectionMeters find(CamelContext context, String endpoint) {
        MeterRegistry registry = CamelContextHelper.findSingleByType(context, MeterRegistry.class);
        return registry == null
                ? NONE
                : new MicrometerMeters(registry, Tags.of("camelContext", context.getName(), "endpoint", endpoint));
    }

    @Override
    public void computed(String model, StageTimes times, int found) {
        count("computed");
        registry.counter(PREFIX + "objects", tags.and("model", model)).increment(found);
        record(model, "draw", times.drawing());
        record(model, "run", times.running());
        record(model, "read", times.reading());
    }

    @Override
    public void failed() {
        count("failed");
    }

    private void count(String outcome) {
        registry.counter(PREFIX + "frames", tags.and("outcome", outcome)).increment();
    }

    private void record(String model, String stage, long nanos) {
        Timer.builder(PREFIX + "time")
                .description("Time of the stages of a frame: drawing the model's input, running the model, reading its output")
                .tags(tags.and("model", model, "stage", stage))
                .publishPercentileHistogram().minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry).record(nanos, TimeUnit.NANOSECONDS);
    }
}
