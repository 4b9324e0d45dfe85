package io.github.camellva.grpc.stream;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.grpc.stream.SecondTries.SecondTry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecondTriesTest {

    private final SecondTries tries = new SecondTries();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatFailsAgainStaysUntilItSucceedsAndHindersNothingElse() {
        tries.add(task("a", 0));
        tries.add(task("b", 2));
        tries.add(task("c", 0));
        tries.run();
        assertThat(done).containsExactlyInAnyOrder("a", "c");
        tries.run();
        assertThat(done).hasSize(2);
        tries.run();
        tries.run();
        assertThat(done).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void whatIsListedIsNotListedTwiceAndMayBeListedAgainLater() {
        SecondTry task = task("a", 0);
        tries.add(task);
        tries.add(task);
        tries.run();
        assertThat(done).containsExactly("a");
        tries.add(task);
        tries.run();
        assertThat(done).containsExactly("a", "a");
    }

    private SecondTry task(String name, int failures) {
        return new SecondTry() {

            private int left = failures;

            @Override
            void again() {
                if (left-- > 0) {
                    throw new OutOfMemoryError("simulated");
                }
                done.add(name);
            }
        };
    }
}
