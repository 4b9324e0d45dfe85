package io.github.camellva.examples.benchmark;

import java.time.Duration;
import java.util.List;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterEach;
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
    private static final Load MANY_CAMERAS = new Load(Side.SERVERS, Payload.RGB24_416, Transfer.EMBEDDED, 64, 8);
    private static final int ENOUGH_ANSWERS = 2000;
    private static final int MANY_SESSIONS = 1000;
    private static final long MOST_BYTES_OF_IDLE_SESSIONS = 100_000_000;

    private final Node node = new BareNode(NettyChannelBuilder::directExecutor);

    @AfterEach
    void closeNode() throws Exception {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void framesOfManyCamerasForASlowRouteFitIntoASmallHeap(MemoryServer.Work slow) throws Exception {
        try (ChildJvm server = start(slow, "-Xmx512m", "-XX:+ExitOnOutOfMemoryError")) {
            node.answer(Node.OPEN, server.ask(MemoryServer.PORT), MANY_CAMERAS.format());
            long[] answers = new long[1];
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                Meter.Reading reading = Meter.Reading.parse(node.answer(Node.READ));
                assertThat(reading.wrong()).isZero();
                answers[0] += reading.answers();
                return answers[0] >= ENOUGH_ANSWERS;
            });
            assertThat(node.answer(Node.CLOSE)).as("frames without an answer").isEqualTo("0");
            assertThat(server.ask(MemoryServer.SESSIONS)).as("answer of a server that is alive").isNotEmpty();
            System.out.printf("route that waits %s: peak of %.0f MB resident%n", slow, server.peakResidentBytes() / MEGA);
        }
    }

    @Test
    void aThousandIdleSessionsCostLessThanAHundredMegabytes() throws Exception {
        try (ChildJvm server = start(MemoryServer.Work.NONE, "-Xmx256m")) {
            openIdleSessions(server, MANY_SESSIONS / 10);
            node.close();
            await().until(() -> server.ask(MemoryServer.SESSIONS).equals("0"));
            long before = server.residentBytes();

            openIdleSessions(server, MANY_SESSIONS);
            assertThat(server.ask(MemoryServer.SESSIONS)).isEqualTo(Integer.toString(MANY_SESSIONS));
            long cost = server.residentBytes() - before;
            System.out.printf("%d idle sessions: %.1f MB resident%n", MANY_SESSIONS, cost / MEGA);
            assertThat(cost).isLessThan(MOST_BYTES_OF_IDLE_SESSIONS);
        }
    }

    private static ChildJvm start(MemoryServer.Work work, String... jvmOptions) throws Exception {
        return ChildJvm.start("the server", List.of(jvmOptions), MemoryServer.class, work.name());
    }

    /** Each has had a frame answered. */
    private void openIdleSessions(ChildJvm server, int sessions) throws Exception {
        Load load = new Load(Side.SERVERS, Payload.JPEG, Transfer.EMBEDDED, sessions, 1);
        for (Camera camera : node.connect(Integer.parseInt(server.ask(MemoryServer.PORT)), load)) {
            camera.finish();
            camera.start();
        }
        assertThat(node.awaitAnswers()).as("frames without an answer").isZero();
    }
}
