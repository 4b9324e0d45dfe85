package io.github.camellva.examples.scaleout;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.UsageException;

/**
 * What the user chose for a worker.
 *
 * @param brokers    of Kafka, host:port, separated by commas
 * @param name       in the results, and in what Kafka tells of its group
 * @param detector   what looks at the pixels
 * @param threads    that each take frames of their own partitions
 * @param partitions of the topics, if they are made
 */
record WorkerSettings(String brokers, String name, Object detector, int threads, int partitions) {

    /** Workers of this name share the frames. */
    static final String GROUP = "lva-workers";

    static WorkerSettings of(Options options) throws UsageException {
        return new WorkerSettings(
                GatewaySettings.brokers(options), GatewaySettings.name(options, "worker-1"),
                detector(options.text("detector").orElse(CameraMotion.class.getName())), options.number("threads", 1, 64),
                GatewaySettings.partitions(options));
    }

    private static Object detector(String className) throws UsageException {
        try {
            return Class.forName(className).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new UsageException("-Ddetector=" + className + ": the name of a class on the class path is accepted; it and a"
                                     + " constructor without parameters must be public (" + e + ")");
        }
    }
}
