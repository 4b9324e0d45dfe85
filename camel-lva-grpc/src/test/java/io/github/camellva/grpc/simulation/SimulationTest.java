package io.github.camellva.grpc.simulation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both parties together, in a simulated world. A few thousand scenarios run with the other tests; for as many as one likes:
 * {@code mvn test -pl camel-lva-grpc -am -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seeds=1000000}
 */
class SimulationTest {

    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final long SEEDS = Long.getLong("simulation.seeds", 2000);
    private static final long PROGRESS = 250_000;

    @Test
    void noScenarioBreaksAPromise() {
        AtomicLong steps = new AtomicLong();
        AtomicLong done = new AtomicLong();
        LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> {
            steps.addAndGet(Scenario.run(seed));
            if (done.incrementAndGet() % PROGRESS == 0) {
                System.out.printf("%,d of %,d scenarios, %,d steps%n", done.get(), SEEDS, steps.get());
            }
        });
        System.out.printf("%,d scenarios, %,d steps%n", done.get(), steps.get());
        assertThat(done.get()).isEqualTo(SEEDS);
        assertThat(steps.get()).isGreaterThan(SEEDS * Scenario.STEPS);
    }

    @Test
    void aSeedDoesTheSameEveryTime() {
        for (long seed = 1; seed < 50; seed++) {
            assertThat(Scenario.run(seed)).isEqualTo(Scenario.run(seed));
        }
    }
}
