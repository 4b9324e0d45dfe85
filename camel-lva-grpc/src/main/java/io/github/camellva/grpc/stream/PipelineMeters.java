package io.github.camellva.grpc.stream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.proto.GraphIdentifier;

/**
 * Counts what happens in the sessions of an endpoint, by pipeline. Peers name pipelines, so there is a limit to how many are told
 * apart: those beyond it are counted together. Names are shortened. Safe for use by many threads.
 */
public final class PipelineMeters {

    public static final int DEFAULT_MOST_PIPELINES = 100;
    /** Characters of a name that are shown: every one of them is in each line of each scrape. */
    static final int MAX_TAG = 128;
    /** Graph instance and node of the pipelines beyond the limit. */
    public static final String OTHERS = "other";

    /** A step of a pipeline; names may be empty. */
    public record Pipeline(String graphInstance, String graphNode) {
    }

    /** Where else counts are shown. */
    public interface Export {

        Export NONE = new Export() {

            @Override
            public LongConsumer latencies(Pipeline pipeline) {
                return nanos -> { };
            }

            @Override
            public void counts(Pipeline pipeline, PipelineCounts counts) {
                // nowhere else
            }

            @Override
            public void close() {
                // nothing to end
            }
        };

        /** What is told of every sample that was answered or failed how many nanoseconds it took; must not wait. */
        LongConsumer latencies(Pipeline pipeline);

        /** Counts that may be read from now on. */
        void counts(Pipeline pipeline, PipelineCounts counts);

        /** Shows nothing any more. */
        void close();
    }

    private final int mostPipelines;
    private final Export export;
    @GuardedBy("this")
    private final Map<Pipeline, PipelineCounts> pipelines = new LinkedHashMap<>();

    public PipelineMeters(int mostPipelines, Export export) {
        this.mostPipelines = mostPipelines;
        this.export = new SafeExport(export);
    }

    /** Counts that are shown nowhere else. */
    public static PipelineMeters unexported() {
        return new PipelineMeters(DEFAULT_MOST_PIPELINES, Export.NONE);
    }

    /** Of all pipelines that were seen. */
    public synchronized Collection<PipelineCounts> counts() {
        return List.copyOf(pipelines.values());
    }

    /** Of all pipelines together. */
    public long sum(ToLongFunction<PipelineCounts> count) {
        return counts().stream().mapToLong(count).sum();
    }

    /** Ends what shows the counts elsewhere. */
    public void close() {
        export.close();
    }

    synchronized PipelineCounts of(GraphIdentifier graph) {
        Pipeline pipeline = new Pipeline(
                Printable.of(graph.getGraphInstanceName(), MAX_TAG), Printable.of(graph.getGraphNodeName(), MAX_TAG));
        PipelineCounts known = pipelines.get(pipeline);
        if (known != null) {
            return known;
        }
        return pipelines.size() < mostPipelines ? counted(pipeline) : others();
    }

    @GuardedBy("this")
    private PipelineCounts others() {
        Pipeline others = new Pipeline(OTHERS, OTHERS);
        PipelineCounts known = pipelines.get(others);
        return known != null ? known : counted(others);
    }

    @GuardedBy("this")
    private PipelineCounts counted(Pipeline pipeline) {
        PipelineCounts counts = new PipelineCounts(export.latencies(pipeline));
        pipelines.put(pipeline, counts);
        export.counts(pipeline, counts);
        return counts;
    }
}
