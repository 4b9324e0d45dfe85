package io.github.camellva.examples.scaleout;

import java.time.Duration;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.UsageException;

/**
 * What the user chose for a gateway.
 *
 * @param brokers       of Kafka, host:port, separated by commas
 * @param name          no other gateway has it; part of the name of its topic of answers
 * @param listen        host and port that nodes connect to
 * @param answer        what is waited for before a node is answered
 * @param answerTimeout for how long
 * @param partitions    of the topic of frames, if it is made
 */
record GatewaySettings(
        String brokers, String name, String listen, AnswerMode answer, Duration answerTimeout, int partitions) {

    /** Bytes; Kafka takes 1 MiB with all that belongs to a record, unless told otherwise. */
    static final int LARGEST_FRAME = 1_000_000;
    static final int PARTITIONS = 12;

    private static final int MOST_PARTITIONS = 10_000;

    static GatewaySettings of(Options options) throws UsageException {
        return new GatewaySettings(
                brokers(options), name(options, "gateway-1"), listen(options), AnswerMode.of(options),
                Duration.ofSeconds(options.number("answerTimeout", 15, 3600)), partitions(options));
    }

    static String brokers(Options options) throws UsageException {
        return options.text("brokers").orElseThrow(() -> new UsageException(
                "-Dbrokers is missing: host:port of a Kafka broker is accepted, for instance -Dbrokers=localhost:9092"));
    }

    static int partitions(Options options) throws UsageException {
        return options.number("partitions", PARTITIONS, MOST_PARTITIONS);
    }

    /** Of a process. */
    static String name(Options options, String byDefault) throws UsageException {
        String name = options.text("name").orElse(byDefault);
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new UsageException("-Dname=" + name + ": letters, digits, points, underscores and hyphens are accepted");
        }
        return name;
    }

    private static String listen(Options options) throws UsageException {
        String listen = options.text("listen").orElse("0.0.0.0:5001");
        if (!listen.matches("[^:/?]+:\\d{1,5}")) {
            throw new UsageException("-Dlisten=" + listen + ": host:port is accepted, for instance -Dlisten=0.0.0.0:5001");
        }
        return listen;
    }
}
