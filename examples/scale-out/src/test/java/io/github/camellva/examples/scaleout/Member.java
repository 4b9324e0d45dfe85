package io.github.camellva.examples.scaleout;

import io.github.camellva.examples.rig.OptionReader.Matching;
import io.github.camellva.examples.rig.OptionReader.WholeNumber;
import io.github.camellva.examples.rig.UsageException;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import picocli.CommandLine.Option;

/** What gateways and workers have in common. */
abstract class Member {

    static final int PARTITIONS = 12;

    /** Host:port, separated by commas. */
    @Option(names = "-Dbrokers")
    String brokers;

    /** No other member has it. */
    @Option(names = "-Dname", description = "letters, digits, points, underscores and hyphens are accepted")
    @Matching("[A-Za-z0-9._-]{1,100}")
    String name;

    /** Of the topics of frames and results, if they are made. */
    @Option(names = "-Dpartitions")
    @WholeNumber(to = 10_000, example = PARTITIONS)
    int partitions = PARTITIONS;

    Member(String name) {
        this.name = name;
    }

    /** Once the options are read. */
    void check() throws UsageException {
        if (brokers == null) {
            throw new UsageException(
                    "-Dbrokers is missing: host:port of a Kafka broker is accepted, for instance -Dbrokers=localhost:9092");
        }
    }

    /** Makes the topics, and says which routes to run, with which beans and properties. */
    void configure(Main main) throws Exception {
        new Topics(brokers).ensureFrames(partitions);
        main.addOverrideProperty("kafka.brokers", brokers);
        main.addOverrideProperty("member.name", name);
    }

    /** What it does, now that it runs. */
    abstract String running(CamelContext context);

    /** What it has done. */
    abstract String finished();
}
