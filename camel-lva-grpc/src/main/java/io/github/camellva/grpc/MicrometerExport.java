package io.github.camellva.grpc;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

import io.github.camellva.grpc.stream.PipelineCounts;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.PipelineMeters.Pipeline;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** Exports counts as meters to the Micrometer registry that Camel's registry holds. */
final class MicrometerExport implements PipelineMeters.Export {

    private static final String REGISTRY_CLASS = "io.micrometer.core.instrument.MeterRegistry";
    private static final String PREFIX = "camel.lvagrpc.";

    /** Who counts, and how frames end for them. */
    enum Side {

        CONSUMER("consumer", EnumSet.complementOf(EnumSet.of(SampleOutcome.NOT_PROCESSED))),
        PRODUCER("producer", EnumSet.complementOf(EnumSet.of(SampleOutcome.SKIPPED)));

        private final String tag;
        private final Set<SampleOutcome> outcomes;

        Side(String tag, Set<SampleOutcome> outcomes) {
            this.tag = tag;
            this.outcomes = outcomes;
        }
    }

    private final MeterRegistry registry;
    private final Tags endpointTags;
    private final Set<SampleOutcome> outcomes;
    private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();

    private MicrometerExport(MeterRegistry registry, Side side, Tags endpointTags) {
        this.registry = registry;
        this.outcomes = side.outcomes;
        this.endpointTags = endpointTags;
    }

    /** Exports nothing when Micrometer is missing, or Camel has no such registry. */
    static PipelineMeters.Export of(CamelContext context, Side side, String address) {
        return context.getClassResolver().resolveClass(REGISTRY_CLASS) == null
                ? PipelineMeters.Export.NONE
                : find(context, side, address);
    }

    @Override
    public LongConsumer latencies(Pipeline pipeline) {
        Timer timer = Timer.builder(PREFIX + "latency")
                .description("Time from receiving a frame to answering it; for a producer, from sending it to its answer")
                .tags(tags(pipeline))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        meters.add(timer);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void counts(Pipeline pipeline, PipelineCounts counts) {
        for (SampleOutcome outcome : outcomes) {
            meters.add(FunctionCounter.builder(PREFIX + "frames", counts, pipelineCounts -> pipelineCounts.ended(outcome))
                    .description("Frames, by outcome")
                    .tags(tags(pipeline)).tag("outcome", outcome.label())
                    .register(registry));
        }
        meters.add(FunctionCounter.builder(PREFIX + "bytes", counts, PipelineCounts::bytes)
                .description("Bytes of pictures").baseUnit("bytes").tags(tags(pipeline)).register(registry));
        gauge("inflight", "Frames without an answer", pipeline, counts, PipelineCounts::inFlight);
        gauge("sessions", "Sessions that are open", pipeline, counts, PipelineCounts::sessions);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
    }

    private void gauge(
            String name, String description, Pipeline pipeline, PipelineCounts counts, ToDoubleFunction<PipelineCounts> value) {
        meters.add(Gauge.builder(PREFIX + name, counts, value).description(description).tags(tags(pipeline)).register(registry));
    }

    private Tags tags(Pipeline pipeline) {
        return endpointTags.and("graphInstance", pipeline.graphInstance(), "graphNode", pipeline.graphNode());
    }

    private static PipelineMeters.Export find(CamelContext context, Side side, String address) {
        MeterRegistry registry = CamelContextHelper.findSingleByType(context, MeterRegistry.class);
        return registry == null
                ? PipelineMeters.Export.NONE
                : new MicrometerExport(
                        registry, side, Tags.of("camelContext", context.getName(), "side", side.tag, "address", address));
    }
}
