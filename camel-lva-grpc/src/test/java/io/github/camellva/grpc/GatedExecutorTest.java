package io.github.camellva.grpc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class GatedExecutorTest {

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void noMoreTasksThanAllowedAreGivenToThePool() {
        GatedExecutor executor = new GatedExecutor(pool::add, 2);
        for (String name : List.of("a", "b", "c", "d")) {
            executor.execute(() -> done.add(name));
        }
        assertThat(pool).hasSize(2);
    }

    @Test
    void aThreadThatIsDoneTakesWhatWaits() {
        GatedExecutor executor = new GatedExecutor(pool::add, 1);
        for (String name : List.of("a", "b", "c")) {
            executor.execute(() -> done.add(name));
        }
        pool.remove().run();
        assertThat(done).containsExactly("a", "b", "c");
        executor.execute(() -> done.add("d"));
        assertThat(pool).as("its place is free again").hasSize(1);
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheOthers() {
        GatedExecutor executor = new GatedExecutor(pool::add, 1);
        executor.execute(() -> {
            throw new IllegalStateException("boom");
        });
        executor.execute(() -> done.add("b"));
        assertThatIllegalStateException().isThrownBy(() -> pool.remove().run());
        pool.remove().run();
        assertThat(done).containsExactly("b");
    }

    @Test
    void aPoolThatRefusesLeavesThePlaceFree() {
        AtomicInteger refusals = new AtomicInteger(1);
        GatedExecutor executor = new GatedExecutor(task -> {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException();
            }
            pool.add(task);
        }, 1);
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> done.add("a")));
        executor.execute(() -> done.add("b"));
        pool.remove().run();
        assertThat(done).containsExactly("b");
    }

    @Test
    void everyTaskOfManyThreadsIsRunOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        GatedExecutor executor = new GatedExecutor(threads, 3);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(10_000);
        List<Thread> submitters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread submitter = new Thread(() -> {
                for (int task = 0; task < 2500; task++) {
                    executor.execute(() -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        running.decrementAndGet();
                        all.countDown();
                    });
                }
            });
            submitter.start();
            submitters.add(submitter);
        }
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        for (Thread submitter : submitters) {
            submitter.join();
        }
        threads.shutdown();
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }
}
