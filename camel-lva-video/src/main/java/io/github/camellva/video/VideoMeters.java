package io.github.camellva.video;

import org.apache.camel.CamelContext;

/** Meters of a source, while it is started. */
interface VideoMeters extends AutoCloseable {

    /** Those of the Micrometer registry that Camel's registry holds; none when Micrometer is missing, or there is no registry. */
    static VideoMeters of(CamelContext context, LvaVideoConsumer consumer) {
        return context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") == null
                ? () -> { } : MicrometerMeters.of(context, consumer);
    }

    @Override
    void close();
}
