package io.github.camellva.grpc.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

import io.github.camellva.grpc.stream.PipelineMeters.Pipeline;
import io.github.camellva.proto.GraphIdentifier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PipelineMetersTest {

    private final List<String> shown = new ArrayList<>();
    /** Thrown by everything that the registry is asked for; null while it works. */
    private Error failure;
    private final PipelineMeters meters = new PipelineMeters(2, new PipelineMeters.Export() {

        @Override
        public LongConsumer latencies(Pipeline pipeline) {
            show("latencies of " + pipeline.graphInstance());
            return nanos -> show("took " + nanos);
        }

        @Override
        public void counts(Pipeline pipeline, PipelineCounts counts) {
            show("counts of " + pipeline.graphInstance());
        }

        @Override
        public void close() {
            show("closed");
        }
    });

    @Test
    void aPipelineIsShownOnceAndSoIsHowLongItsSamplesTake() {
        PipelineCounts counts = meters.of(graph("one"));
        assertThat(meters.of(graph("one"))).isSameAs(counts);
        counts.sampleEnded(SampleOutcome.ANSWERED, 7);
        counts.sampleEnded(SampleOutcome.SKIPPED, 8);
        counts.sampleEnded(SampleOutcome.FAILED, 9);
        meters.close();
        assertThat(shown).containsExactly("latencies of one", "counts of one", "took 7", "took 9", "closed");
    }

    @Test
    void pipelinesBeyondTheLimitAreCountedTogether() {
        meters.of(graph("one"));
        meters.of(graph("two"));
        PipelineCounts others = meters.of(graph("three"));
        assertThat(meters.of(graph("four"))).isSameAs(others);
        assertThat(meters.of(graph("one"))).isNotSameAs(others);
        assertThat(shown).contains("counts of " + PipelineMeters.OTHERS).doesNotContain("counts of three", "counts of four");
    }

    @Test
    void aRegistryThatThrowsFromTheStartCostsNoCount() {
        failure = new StackOverflowError();
        PipelineCounts counts = meters.of(graph("one"));
        counts.sampleBegan(10);
        counts.sampleEnded(SampleOutcome.ANSWERED, 7);
        assertThatNoException().isThrownBy(meters::close);
        assertThat(meters.sum(all -> all.ended(SampleOutcome.ANSWERED))).isEqualTo(1);
        assertThat(meters.sum(PipelineCounts::bytes)).isEqualTo(10);
        assertThat(shown).isEmpty();
    }

    @Test
    void aRegistryThatThrowsLaterCostsNoCountEither() {
        PipelineCounts counts = meters.of(graph("one"));
        failure = new OutOfMemoryError("to be survived");
        counts.sampleBegan(10);
        counts.sampleEnded(SampleOutcome.FAILED, 7);
        assertThat(meters.sum(all -> all.ended(SampleOutcome.FAILED))).isEqualTo(1);
        assertThat(meters.sum(PipelineCounts::inFlight)).isZero();
    }

    private void show(String what) {
        if (failure != null) {
            throw failure;
        }
        shown.add(what);
    }

    private static GraphIdentifier graph(String instance) {
        return GraphIdentifier.newBuilder().setGraphInstanceName(instance).build();
    }
}
