package io.github.camellva.examples.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.UsageException;

/**
 * What the user chose.
 *
 * @param rounds      how often each contestant has its turn with each load
 * @param window      how long a turn is measured
 * @param warmUp      how long each contestant runs each load at most before it is measured; until its compilers rest
 * @param heap        of each server, as {@code -Xmx} takes it
 * @param jvmOptions  more of them for the servers
 * @param results     directory for the table and the pictures
 */
record Settings(
        List<Contestant> contestants, List<Load> loads, int rounds, Duration window, Duration warmUp, String heap,
        List<String> jvmOptions, Path results) {

    private static final int MOST_SESSIONS = 1000;

    static Settings of(Properties properties) throws UsageException {
        Options options = new Options(properties);
        List<Load> loads = Load.of(
                several(options, "payloads", List.of(Payload.values()), Payload::label),
                several(options, "transfers", List.of(Transfer.values()), Transfer::label),
                numbers(options, "sessions", List.of(1, 4, 16, 64), MOST_SESSIONS),
                numbers(options, "inFlight", List.of(1, 8), 8));
        if (loads.isEmpty()) {
            throw new UsageException("nothing to measure: empty samples are embedded only, and -Dtransfers leaves that out");
        }
        return new Settings(
                several(options, "servers", List.of(Contestant.values()), Contestant::option), loads,
                options.number("rounds", 5, 1000), Duration.ofMillis(options.number("millis", 1000, 600_000)),
                Duration.ofMillis(options.number("warmUp", 60_000, 600_000)), options.text("heap").orElse("3g"),
                options.text("jvmOptions").map(text -> List.of(text.split(" "))).orElse(List.of()),
                Path.of(options.text("results").orElse("docs/performance")));
    }

    private static <T> List<T> several(Options options, String name, List<T> all, Function<T, String> label) throws UsageException {
        String[] accepted = all.stream().map(label).toArray(String[]::new);
        List<T> chosen = new ArrayList<>();
        for (String word : options.text(name).orElse(String.join(",", accepted)).split(",")) {
            int index = Arrays.asList(accepted).indexOf(word);
            if (index < 0) {
                throw new UsageException("-D" + name + "=" + word + ": accepted are " + String.join(", ", accepted)
                                         + ", several with commas between them");
            }
            chosen.add(all.get(index));
        }
        return chosen;
    }

    private static List<Integer> numbers(Options options, String name, List<Integer> byDefault, int most) throws UsageException {
        if (options.text(name).isEmpty()) {
            return byDefault;
        }
        List<Integer> chosen = new ArrayList<>();
        for (String word : options.text(name).get().split(",")) {
            Properties one = new Properties();
            one.setProperty(name, word);
            chosen.add(new Options(one).number(name, byDefault.get(0), most));
        }
        return chosen;
    }
}
