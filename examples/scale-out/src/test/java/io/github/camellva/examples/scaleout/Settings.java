package io.github.camellva.examples.scaleout;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.OptionReader.WholeNumber;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
import picocli.CommandLine.Option;

/** What the user chose for the demonstration. */
final class Settings {

    /** In all. */
    @Option(names = "-Dcameras")
    @WholeNumber(to = 100, example = 6)
    private int cameras = 6;

    @Option(names = "-Dgateways")
    @WholeNumber(to = 10, example = 2)
    private int gateways = 2;

    @Option(names = "-Dworkers")
    @WholeNumber(to = 20, example = 3)
    private int workers = 3;

    @Option(names = "-Dframes")
    @WholeNumber(to = 1_000_000, example = 400)
    private int frames = 400;

    @Option(names = "-Drealtime", arity = "1")
    private boolean realtime = true;

    @Option(names = "-Dkill", arity = "1")
    private boolean kill = true;

    @Option(names = "-Danswer")
    private AnswerMode answer = AnswerMode.RESULT;

    @Option(names = "-Dpartitions")
    @WholeNumber(to = 10_000, example = Member.PARTITIONS)
    private int partitions = Member.PARTITIONS;

    @Option(names = "-Dmodel")
    private String model;

    static Settings of(Properties options) throws UsageException {
        if (options.getProperty("brokers") != null) {
            throw new UsageException("-Dbrokers=" + options.getProperty("brokers") + ": with -Drole=gateway or -Drole=worker;"
                                     + " without a role the example starts a broker of its own");
        }
        return OptionReader.read(new Settings(), options);
    }

    int cameras() {
        return cameras;
    }

    int gateways() {
        return gateways;
    }

    int workers() {
        return workers;
    }

    /** Of each camera. */
    int frames() {
        return frames;
    }

    Pace pace() {
        return realtime ? Pace.REALTIME : Pace.UNLIMITED;
    }

    /** Whether one of the workers is killed while cameras send. */
    boolean killWorker() {
        return kill;
    }

    AnswerMode answer() {
        return answer;
    }

    int partitions() {
        return partitions;
    }

    /** Those of gateways and workers, as they are given to them. */
    Map<String, String> ofMembers() {
        Map<String, String> options = new HashMap<>();
        options.put("partitions", String.valueOf(partitions));
        options.put("answer", answer.toString());
        if (model != null) {
            options.put("model", model);
        }
        return options;
    }
}
