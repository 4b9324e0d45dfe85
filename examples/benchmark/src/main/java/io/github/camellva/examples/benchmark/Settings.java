package io.github.camellva.examples.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What the user chose, by arguments or by system properties of the same names. The README says what the options mean. */
final class Settings {

    /** What the component allows by default. */
    private static final int MOST_IN_FLIGHT = 8;
    private static final int MOST = 1_000_000;

    @Option(names = "--measure", split = ",")
    private List<Side> sides = List.of(Side.values());

    @Option(names = "--contestants", split = ",")
    private List<Contestant> contestants = List.of(Contestant.values());

    @Option(names = "--payloads", split = ",")
    private List<Payload> payloads = List.of(Payload.values());

    @Option(names = "--transfers", split = ",")
    private List<Transfer> transfers = List.of(Transfer.values());

    @Option(names = "--sessions", split = ",")
    private List<Integer> sessions = List.of(1, 4, 16, 64);

    @Option(names = "--inFlight", split = ",")
    private List<Integer> inFlight = List.of(1, MOST_IN_FLIGHT);

    @Option(names = "--runs")
    private Integer runs = 1;

    @Option(names = "--rounds")
    private Integer rounds = 5;

    @Option(names = "--millis")
    private Integer millis = 1000;

    @Option(names = "--warmUp")
    private Integer warmUp = 60_000;

    @Option(names = "--heap")
    private String heap = "3g";

    @Option(names = "--jvmOptions", split = " ")
    private List<String> jvmOptions = List.of();

    @Option(names = "--results")
    private Path results = Path.of("docs/performance");

    @Spec
    private CommandSpec command;

    /** A command line for a program that has these settings. */
    static CommandLine commandLine(Object program) {
        return new CommandLine(program)
                .registerConverter(Integer.class, Settings::count)
                .setDefaultValueProvider(
                        option -> System.getProperty(((OptionSpec) option).longestName().substring("--".length())));
    }

    /** What is to be measured. */
    List<Load> loads() {
        if (Collections.max(inFlight) > MOST_IN_FLIGHT) {
            throw new ParameterException(command.commandLine(), "inFlight: at most " + MOST_IN_FLIGHT + " is accepted");
        }
        List<Load> loads = Load.of(sides, payloads, transfers, sessions, inFlight).stream()
                .filter(load -> contestants.stream().anyMatch(contestant -> contestant.takes(load))).toList();
        if (loads.isEmpty()) {
            throw new ParameterException(command.commandLine(), """
                    nothing to measure: samples without content are embedded only, copy and map measure servers, \
                    write measures nodes, and camel-grpc takes embedded frames only""");
        }
        return loads;
    }

    int runs() {
        return runs;
    }

    int rounds() {
        return rounds;
    }

    /** How long a turn is measured. */
    Duration window() {
        return Duration.ofMillis(millis);
    }

    /** How long a contestant warms up at most. */
    Duration warmUp() {
        return Duration.ofMillis(warmUp);
    }

    Path results() {
        return results;
    }

    /** Each run begins with another one. */
    List<Contestant> contestants(int run) {
        List<Contestant> order = new ArrayList<>(contestants);
        Collections.rotate(order, -run);
        return order;
    }

    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(
                List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch", "--enable-native-access=ALL-UNNAMED"));
        options.addAll(jvmOptions);
        return options;
    }

    private static int count(String value) {
        if (value.matches("[1-9]\\d{0,6}") && Integer.parseInt(value) <= MOST) {
            return Integer.parseInt(value);
        }
        throw new TypeConversionException("'" + value + "' is not a whole number from 1 to " + MOST);
    }
}
