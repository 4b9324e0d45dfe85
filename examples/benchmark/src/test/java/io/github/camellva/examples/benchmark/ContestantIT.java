package io.github.camellva.examples.benchmark;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.RunningRoutes;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EnabledOnOs(value = OS.LINUX, disabledReason = "shares memory in /dev/shm")
@Timeout(60)
class ContestantIT {

    private static final int SESSIONS = 2;
    private static final int IN_FLIGHT = 4;
    private static final int ENOUGH_ANSWERS = 5 * SESSIONS * IN_FLIGHT;

    @ParameterizedTest
    @EnumSource
    void everyFrameOfEveryKindIsAnsweredRightly(Contestant contestant) throws Exception {
        try (Party server = (contestant.takes(anyLoad(Side.SERVERS)) ? contestant : Contestant.bare(Side.SERVERS)).start();
             Party node = (contestant.takes(anyLoad(Side.NODES)) ? contestant : Contestant.bare(Side.NODES)).start()) {
            for (Side side : Side.values()) {
                for (Payload payload : Payload.values()) {
                    for (Transfer transfer : Transfer.values()) {
                        Load load = new Load(side, payload, transfer, SESSIONS, IN_FLIGHT);
                        if (load.makesSense() && contestant.takes(load)) {
                            exchange(load, server, node);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "NODE_BARE_DIRECT", "NODE_LVAGRPC" })
    void framesThatAreAcknowledgedAloneAreNeitherAnsweredNorWrong(Contestant contestant) throws Exception {
        Load load = new Load(Side.NODES, Payload.JPEG, Transfer.EMBEDDED, SESSIONS, IN_FLIGHT);
        try (RunningRoutes broken = RunningRoutes.start(main -> main.configure().addRoutesBuilder(new BrokenModel()));
             Party node = contestant.start()) {
            node.answer(Node.OPEN, broken.address(BrokenModel.ID).replaceFirst(".*:", ""), load.format());
            AtomicLong notProcessed = new AtomicLong();
            await().pollDelay(Duration.ZERO).until(() -> {
                Meter.Reading reading = Meter.Reading.parse(node.answer(Node.READ));
                assertThat(reading).extracting(Meter.Reading::answers, Meter.Reading::wrong).containsExactly(0L, 0L);
                return notProcessed.addAndGet(reading.notProcessed()) >= ENOUGH_ANSWERS;
            });
            assertThat(node.answer(Node.CLOSE)).as("frames without an outcome").isEqualTo("0");
        }
    }

    private static void exchange(Load load, Party server, Party node) throws Exception {
        node.answer(Node.OPEN, server.answer(load.transfer().name()), load.format());
        AtomicLong answers = new AtomicLong();
        await().pollDelay(Duration.ZERO).until(() -> {
            Meter.Reading reading = Meter.Reading.parse(node.answer(Node.READ));
            assertThat(reading.wrong() + reading.notProcessed()).as("wrong answers: %s", load).isZero();
            return answers.addAndGet(reading.answers()) >= ENOUGH_ANSWERS;
        });
        assertThat(node.answer(Node.CLOSE)).as("frames without an answer: %s", load).isEqualTo("0");
    }

    private static Load anyLoad(Side side) {
        return new Load(side, Payload.EMPTY, Transfer.EMBEDDED, 1, 1);
    }

    private static final class BrokenModel extends RouteBuilder {

        private static final String ID = "broken";

        @Override
        public void configure() {
            errorHandler(noErrorHandler());
            from("lvagrpc:127.0.0.1:0").routeId(ID).process(exchange -> {
                throw new IllegalStateException("the model is off");
            });
        }
    }
}
