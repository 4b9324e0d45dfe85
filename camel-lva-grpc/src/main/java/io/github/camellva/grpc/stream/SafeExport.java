package io.github.camellva.grpc.stream;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

import io.github.camellva.grpc.stream.PipelineMeters.Export;
import io.github.camellva.grpc.stream.PipelineMeters.Pipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a registry of meters throws from the sessions that are counted there. It is told once, whatever fails later. */
final class SafeExport implements Export {

    private static final Logger LOG = LoggerFactory.getLogger(SafeExport.class);

    private final Export export;
    private final AtomicBoolean failed = new AtomicBoolean();

    SafeExport(Export export) {
        this.export = export;
    }

    @Override
    public LongConsumer latencies(Pipeline pipeline) {
        try {
            LongConsumer latencies = export.latencies(pipeline);
            return nanos -> {
                try {
                    latencies.accept(nanos);
                } catch (Throwable e) {
                    tell(e);
                }
            };
        } catch (Throwable e) {
            tell(e);
            return Export.NONE.latencies(pipeline);
        }
    }

    @Override
    public void counts(Pipeline pipeline, PipelineCounts counts) {
        attempt(() -> export.counts(pipeline, counts));
    }

    @Override
    public void close() {
        attempt(export::close);
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        if (failed.compareAndSet(false, true)) {
            LOG.warn("The registry of meters has failed: what it shows of frames and sessions may be incomplete from now on; "
                     + "they are served as before", failure);
        }
    }
}
