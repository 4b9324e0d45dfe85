package io.github.camellva.examples.benchmark;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What frames and sessions cost the process of an extension. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
@Timeout(120)
class MemoryIT {

    private static final double MEGA = 1e6;
    private static final int ENOUGH_ANSWERS = 2000;
    private static final int MANY_SESSIONS = 1000;
    private static final long MOST_BYTES_OF_IDLE_SESSIONS = 100_000_000;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void framesOfManyCamerasForASlowRouteFitIntoASmallHeap(MemoryServer.Work slow) throws Exception {
        try (ChildJvm server = ChildJvm.start(
                "the server", List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"), MemoryServer.class, slow.name());
             ChildJvm nodes = ChildJvm.start("the nodes", List.of("-Xmx1g"), Nodes.class)) {
            Load load = new Load(Payload.RGB24_416, Transfer.EMBEDDED, 64, 8);
            nodes.ask(Nodes.OPEN + " " + server.answer() + " " + load.format());
            long[] answers = new long[1];
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                Meter.Reading reading = Meter.Reading.parse(nodes.ask(Nodes.READ));
                assertThat(reading.wrong()).isZero();
                answers[0] += reading.answers();
                return answers[0] >= ENOUGH_ANSWERS;
            });
            assertThat(nodes.ask(Nodes.CLOSE)).as("samples without an answer").isEqualTo("0");
            assertThat(openSessions(server)).as("sessions of a server that is alive").isNotNegative();
            System.out.printf("route that waits %s: %.0f MB resident at the most%n", slow, server.peakResidentBytes() / MEGA);
        }
    }

    @Test
    void aThousandIdleSessionsCostLessThanAHundredMegabytes() throws Exception {
        try (ChildJvm server = ChildJvm.start("the server", List.of("-Xmx256m"), MemoryServer.class, "NONE");
             ChildJvm nodes = ChildJvm.start("the nodes", List.of("-Xmx1g"), Nodes.class)) {
            String port = server.answer();
            openIdle(nodes, port, MANY_SESSIONS / 10);
            nodes.ask(Nodes.CLOSE);
            await().until(() -> openSessions(server) == 0);
            long before = server.residentBytes();

            openIdle(nodes, port, MANY_SESSIONS);
            assertThat(openSessions(server)).isEqualTo(MANY_SESSIONS);
            long cost = server.residentBytes() - before;
            System.out.printf("%d idle sessions: %.1f MB resident%n", MANY_SESSIONS, cost / MEGA);
            assertThat(cost).isLessThan(MOST_BYTES_OF_IDLE_SESSIONS);
            nodes.ask(Nodes.CLOSE);
        }
    }

    /** Zero when its compilers' threads have another name than is looked for: a warm-up would then end before they are at rest. */
    @Test
    void whatCompilersUseIsToldFromTheRest() throws Exception {
        try (ChildJvm server = ChildJvm.start("the server", List.of(), MemoryServer.class, "NONE")) {
            server.answer();
            assertThat(server.compilersCpuTime()).isPositive().isLessThan(server.cpuTime());
        }
    }

    private static int openSessions(ChildJvm server) throws Exception {
        return Integer.parseInt(server.ask("sessions"));
    }

    private static void openIdle(ChildJvm nodes, String port, int sessions) throws Exception {
        Load load = new Load(Payload.JPEG, Transfer.EMBEDDED, sessions, 1);
        assertThat(nodes.ask(Nodes.OPEN_IDLE + " " + port + " " + load.format())).as("samples without an answer").isEqualTo("0");
    }
}
