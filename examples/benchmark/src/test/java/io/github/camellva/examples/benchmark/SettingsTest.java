package io.github.camellva.examples.benchmark;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

class SettingsTest {

    @Test
    void byDefaultBothSidesAreMeasuredWithEveryKindOfFrameFewAndManySessionsAndFramesInFlight() {
        Settings settings = settings();
        // servers: three payloads three ways, and empty samples; nodes: three payloads two ways, and empty samples
        assertThat(settings.loads()).hasSize((10 + 7) * 4 * 2).doesNotHaveDuplicates();
        assertThat(settings.rounds()).isEqualTo(5);
        assertThat(settings.contestants(0)).containsExactly(Contestant.values());
    }

    @Test
    void eachRunBeginsWithAnotherContestant() {
        Settings settings = settings("--contestants=bare-direct,camel-grpc,lvagrpc-java");
        assertThat(settings.contestants(1))
                .containsExactly(Contestant.CAMEL_GRPC, Contestant.LVAGRPC_JAVA, Contestant.BARE_DIRECT);
    }

    @Test
    void fewerLargeFramesAreInFlight() {
        assertThat(settings("--measure=servers", "--payloads=1080p", "--transfers=embedded", "--sessions=1").loads())
                .extracting(Load::inFlight).containsExactly(1, 4);
    }

    @Test
    void onlyLoadsThatAChosenContestantTakesAreMeasured() {
        assertThat(settings("--contestants=node-lvagrpc", "--payloads=416").loads())
                .extracting(Load::side, Load::transfer)
                .containsOnly(tuple(Side.NODES, Transfer.EMBEDDED), tuple(Side.NODES, Transfer.WRITE));
    }

    @Test
    void systemPropertiesChooseToo() {
        System.setProperty("payloads", "jpeg,416");
        try {
            assertThat(settings("--sessions=1", "--inFlight=1", "--transfers=map").loads())
                    .extracting(Load::payload).containsExactly(Payload.JPEG, Payload.RGB24_416);
        } finally {
            System.clearProperty("payloads");
        }
    }

    @Test
    void aLoadIsToldToAnotherProcessInOneWord() {
        Load load = new Load(Side.NODES, Payload.JPEG, Transfer.WRITE, 3, 5);
        assertThat(Load.parse(load.format())).isEqualTo(load);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--measure=server      | SERVERS, servers, NODES, nodes",
            "--payloads=417        | EMPTY, empty, JPEG, jpeg, RGB24_416, 416, RGB24_1080P, 1080p",
            "--transfers=mapped    | EMBEDDED, embedded, COPY, copy, MAP, map, WRITE, write",
            "--contestants=lvagrpc | BARE_DIRECT, bare-direct, BARE_DEFAULT, bare-default, CAMEL_GRPC, camel-grpc",
            "--sessions=4,x        | 'x' is not a whole number from 1 to 1000000",
            "--rounds=0            | '0' is not a whole number from 1 to 1000000",
            "--inFlight=9          | at most 8 is accepted",
            "--transfers=write --measure=servers | nothing to measure" })
    void aWrongValueIsReportedWithWhatIsAccepted(String arguments, String told) {
        assertThatExceptionOfType(ParameterException.class).isThrownBy(() -> settings(arguments.split(" ")).loads())
                .withMessageContaining(told);
    }

    private static Settings settings(String... arguments) {
        Settings settings = new Settings();
        Settings.commandLine(settings).parseArgs(arguments);
        return settings;
    }
}
