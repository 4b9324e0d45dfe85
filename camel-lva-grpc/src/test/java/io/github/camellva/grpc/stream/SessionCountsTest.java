package io.github.camellva.grpc.stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

import io.github.camellva.grpc.Messages;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;

/** What is counted of the samples of sessions and pipelines. */
class SessionCountsTest {

    private final SessionFixture fixture = new SessionFixture();

    @Test
    void everySampleIsInFlightUntilItIsAnsweredSkippedOrFailed() {
        fixture.maxInFlight = 2;
        fixture.overflow = Overflow.SKIP;
        fixture.opened().sendFrames(4);
        assertThat(report().inFlight()).as("two in the route, one waits, one is skipped").isEqualTo(3);
        fixture.time.advance(Duration.ofMillis(20));
        fixture.route.found(2, "car");
        fixture.time.advance(Duration.ofMillis(20));
        fixture.route.fail(3, new IllegalStateException("no model"));
        SessionReport report = report();
        assertThat(report.samples()).isEqualTo(4);
        assertThat(report.bytes()).isEqualTo(4 * FRAME_BYTES);
        assertThat(report.answered()).isEqualTo(1);
        assertThat(report.alone()).isEqualTo(SampleOutcome.SKIPPED);
        assertThat(report.acknowledgedAlone()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.inFlight()).isEqualTo(1);
        assertThat(report.lastError()).contains("no model");
        assertThat(report.meanMillis()).isEqualTo(30);
    }

    @Test
    void aReportSaysWhoSendsWhat() {
        fixture.opened();
        SessionReport report = report();
        assertThat(report.peer()).isEqualTo("1.2.3.4:5");
        assertThat(report.graphInstance()).isEqualTo("camera-1");
        assertThat(report.graphNode()).isEqualTo("extension");
        assertThat(report.format()).isEqualTo("RAW BGR24 4x2");
        assertThat(report.transfer()).isEqualTo(DataTransfer.EMBEDDED);
    }

    @Test
    void beforeTheHandshakeIsDoneThereIsNothingToReport() {
        assertThat(fixture.session().report()).isEmpty();
    }

    @Test
    void aPipelineHasTheCountsOfItsSessionsAlsoWhenTheyHaveEnded() {
        fixture.opened().sendFrames(2);
        assertThat(pipeline().sessions()).isEqualTo(1);
        assertThat(pipeline().inFlight()).isEqualTo(2);
        fixture.route.foundNothing(2);
        fixture.session().onCallEnded();
        assertThat(pipeline().sessions()).isZero();
        fixture.route.foundNothing(3);
        assertThat(pipeline().samples()).isEqualTo(2);
        assertThat(pipeline().bytes()).isEqualTo(2 * FRAME_BYTES);
        assertThat(pipeline().ended(SampleOutcome.ANSWERED)).isEqualTo(2);
        assertThat(pipeline().inFlight()).isZero();
    }

    @Test
    void framesThatWaitWhenTheNodeGoesAreSkipped() {
        fixture.maxInFlight = 1;
        fixture.opened().sendFrames(1);
        fixture.session().suspend();
        fixture.sendFrames(1);
        fixture.session().onCallEnded();
        assertThat(pipeline().ended(SampleOutcome.SKIPPED)).isEqualTo(1);
        assertThat(pipeline().inFlight()).isEqualTo(1);
    }

    @Test
    void aSessionThatIsRefusedIsNotCounted() {
        fixture.refuse(Status.RESOURCE_EXHAUSTED.withDescription("too large"));
        assertThat(fixture.meters.counts()).isEmpty();
    }

    @Test
    void pipelinesBeyondTheLimitAreCountedTogether() {
        PipelineMeters meters = new PipelineMeters(2, PipelineMeters.Export.NONE);
        PipelineCounts first = meters.of(graph("camera-1"));
        meters.of(graph("camera-2"));
        PipelineCounts third = meters.of(graph("camera-3"));
        assertThat(meters.of(graph("camera-4"))).isSameAs(third);
        assertThat(meters.of(graph("camera-1"))).isSameAs(first);
        assertThat(meters.counts()).hasSize(3);
    }

    @Test
    void longNamesOfPipelinesAreShortenedWhereTheyAreShown() {
        List<PipelineMeters.Pipeline> shown = new ArrayList<>();
        PipelineMeters meters = new PipelineMeters(2, new SilentExport() {
            @Override
            public void counts(PipelineMeters.Pipeline pipeline, PipelineCounts counts) {
                shown.add(pipeline);
            }
        });
        meters.of(graph("x".repeat(900_000)));
        assertThat(shown.get(0).graphInstance()).hasSize(PipelineMeters.MAX_TAG + "...".length());
    }

    @Test
    void aRegistryThatThrowsCostsNoSessionAndNoAnswer() {
        fixture.meters = new PipelineMeters(2, new SilentExport() {
            @Override
            public LongConsumer latencies(PipelineMeters.Pipeline pipeline) {
                return nanos -> {
                    throw new IllegalStateException("full");
                };
            }

            @Override
            public void counts(PipelineMeters.Pipeline pipeline, PipelineCounts counts) {
                throw new NoClassDefFoundError("no such meter");
            }

            @Override
            public void close() {
                throw new IllegalStateException("closed");
            }
        });
        fixture.opened().sendFrames(2);
        fixture.route.found(2, "car");
        fixture.route.foundNothing(3);
        assertThat(fixture.call.acks()).containsExactly(2L, 3L);
        assertThat(fixture.call.closed).isNull();
        assertThat(pipeline().ended(SampleOutcome.ANSWERED)).isEqualTo(2);
        fixture.meters.close();
    }

    @Test
    void aRegistryThatHasNoPlaceForAPipelineCostsNoSession() {
        fixture.meters = new PipelineMeters(2, new SilentExport() {
            @Override
            public LongConsumer latencies(PipelineMeters.Pipeline pipeline) {
                throw new IllegalArgumentException("the same name with other tags");
            }
        });
        fixture.opened().sendFrames(1);
        fixture.route.found(2, "car");
        assertThat(fixture.call.acks()).containsExactly(2L);
    }

    private static class SilentExport implements PipelineMeters.Export {

        @Override
        public LongConsumer latencies(PipelineMeters.Pipeline pipeline) {
            return nanos -> { };
        }

        @Override
        public void counts(PipelineMeters.Pipeline pipeline, PipelineCounts counts) {
            // shown nowhere
        }

        @Override
        public void close() {
            // nothing to end
        }
    }

    @Test
    void aNodeCountsWhatItSendsAndWhatBecomesOfIt() {
        PipelineMeters meters = PipelineMeters.unexported();
        FakeNodeCall call = new FakeNodeCall();
        NodeSession session = call.start(new NodeSession(
                rawDescriptor().build(), null, 4, Duration.ofMinutes(1), meters, fixture.time, new Random(1), Runnable::run, call));
        call.answerDescriptor();
        for (int i = 0; i < 3; i++) {
            session.send(i, ByteBuffer.wrap(pixels(FRAME_BYTES, 1)), List.of());
        }
        session.onMessage(MediaStreamMessage.newBuilder().setAckSequenceNumber(2)
                .setMediaSample(Messages.sample(0)).build());
        session.onMessage(MediaStreamMessage.newBuilder().setAckSequenceNumber(3).build());
        SessionReport report = session.report("host:1");
        assertThat(report.inFlight()).isEqualTo(1);
        assertThat(report.alone()).isEqualTo(SampleOutcome.NOT_PROCESSED);
        assertThat(report.acknowledgedAlone()).isEqualTo(1);
        assertThat(report.samples()).isEqualTo(3);
        assertThat(report.format()).isEqualTo("RAW BGR24 4x2");
        session.onEnd(Status.UNAVAILABLE.withDescription("gone"));
        assertThat(session.report("host:1").failed()).isEqualTo(1);
        assertThat(session.report("host:1").lastError()).contains("gone");
        PipelineCounts counts = meters.counts().iterator().next();
        assertThat(counts.ended(SampleOutcome.ANSWERED)).isEqualTo(1);
        assertThat(counts.ended(SampleOutcome.NOT_PROCESSED)).isEqualTo(1);
        assertThat(counts.ended(SampleOutcome.SKIPPED)).isZero();
        assertThat(counts.ended(SampleOutcome.FAILED)).isEqualTo(1);
        assertThat(session.summary(null)).startsWith("1 answered, 1 not processed, 1 failed").contains("gone");
        assertThat(counts.inFlight()).isZero();
        assertThat(counts.sessions()).isZero();
    }

    private SessionReport report() {
        return fixture.session().report().orElseThrow();
    }

    private PipelineCounts pipeline() {
        return fixture.meters.counts().iterator().next();
    }

    private static GraphIdentifier graph(String instance) {
        return GraphIdentifier.newBuilder().setGraphInstanceName(instance).setGraphNodeName("node").build();
    }
}
