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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ThriftyExecutorTest {

    /** More than it takes to know that tasks are quick. */
    private static final int MANY = 100;

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final AtomicInteger timesLeft = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void whileTasksMayBeSlowEachGetsAThreadUpToTheMost() {
        ThriftyExecutor executor = executor(2);
        for (String name : List.of("a", "b", "c", "d")) {
            executor.execute(() -> done.add(name));
        }
        assertThat(pool).hasSize(2);
    }

    @Test
    void aThreadThatIsDoneTakesWhatWaits() {
        ThriftyExecutor executor = executor(1);
        for (String name : List.of("a", "b", "c")) {
            executor.execute(() -> done.add(name));
        }
        pool.remove().run();
        assertThat(done).containsExactly("a", "b", "c");
        executor.execute(() -> done.add("d"));
        assertThat(pool).as("its place is free again").hasSize(1);
    }

    @Test
    void quickTasksAreLeftToTheThreadThatIsAwake() {
        ThriftyExecutor executor = executor(8);
        runQuickTasks(executor);
        executor.execute(() -> done.add("a"));
        executor.execute(() -> done.add("b"));
        assertThat(pool).hasSize(1);
        assertThat(timesLeft).as("somebody is to look whether that thread gets to it").hasPositiveValue();
        pool.remove().run();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void whatIsLeftToAThreadThatIsHeldUpGetsAnother() throws Exception {
        ThriftyExecutor executor = new ThriftyExecutor(threads, 8, timesLeft::incrementAndGet);
        runQuickTasksOnThreads(executor);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        executor.execute(() -> awaitRelease(release));
        executor.execute(other::countDown);
        await().untilAsserted(() -> {
            executor.relieve();
            assertThat(other.getCount()).isZero();
        });
        release.countDown();
    }

    @Test
    void whatWasPutOffByAThreadThatIsHeldUpIsDoneByWhoeverRelievesIt() throws Exception {
        ThriftyExecutor executor = new ThriftyExecutor(threads, 1, timesLeft::incrementAndGet);
        runQuickTasksOnThreads(executor);
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch putOff = new CountDownLatch(1);
        CountDownLatch heldUp = new CountDownLatch(1);
        executor.execute(() -> {
            awaitRelease(begin);
            executor.executeSoon(putOff::countDown);
        });
        executor.execute(() -> {
            heldUp.countDown();
            awaitRelease(release);
        });
        begin.countDown();
        assertThat(heldUp.await(10, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> {
            executor.relieve();
            assertThat(putOff.getCount()).isZero();
        });
        release.countDown();
    }

    @Test
    void whatOthersMayBeJoinedToIsDoneWhenNoTaskWaitsForTheThread() {
        ThriftyExecutor executor = executor(1);
        runQuickTasks(executor);
        for (String name : List.of("a", "b", "c")) {
            executor.execute(() -> {
                done.add(name);
                executor.executeSoon(() -> done.add("after " + name));
            });
        }
        pool.remove().run();
        assertThat(done).contains("after a", "after b", "after c").last().asString().startsWith("after");
        assertThat(done.indexOf("after a")).isGreaterThan(done.indexOf("b"));
    }

    @Test
    void onAnotherThreadItIsDoneAtOnce() {
        executor(1).executeSoon(() -> done.add("a"));
        assertThat(done).containsExactly("a");
    }

    @Test
    void nobodyNeedsToLookAgainWhenNothingIsLeft() {
        ThriftyExecutor executor = executor(8);
        runQuickTasks(executor);
        executor.execute(() -> done.add("a"));
        executor.execute(() -> done.add("b"));
        assertThat(executor.relieve()).isTrue();
        pool.forEach(Runnable::run);
        assertThat(executor.relieve()).isFalse();
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheOthers() {
        ThriftyExecutor executor = executor(1);
        executor.execute(() -> {
            throw new IllegalStateException("boom");
        });
        executor.execute(() -> done.add("b"));
        pool.remove().run();
        assertThat(done).containsExactly("b");
    }

    @Test
    void aPoolThatRefusesLeavesThePlaceFree() {
        AtomicInteger refusals = new AtomicInteger(1);
        ThriftyExecutor executor = new ThriftyExecutor(task -> {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException();
            }
            pool.add(task);
        }, 1, timesLeft::incrementAndGet);
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> done.add("a")));
        executor.execute(() -> done.add("b"));
        pool.remove().run();
        assertThat(done).containsExactly("b");
    }

    @Test
    void everyTaskOfManyThreadsIsRunOnceAndNoMoreThanAllowedAtATime() throws Exception {
        ThriftyExecutor executor = new ThriftyExecutor(threads, 3, timesLeft::incrementAndGet);
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
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    private ThriftyExecutor executor(int most) {
        return new ThriftyExecutor(pool::add, most, timesLeft::incrementAndGet);
    }

    private void runQuickTasks(ThriftyExecutor executor) {
        for (int i = 0; i < MANY; i++) {
            executor.execute(() -> { });
            pool.remove().run();
        }
    }

    private static void runQuickTasksOnThreads(ThriftyExecutor executor) throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            executor.execute(ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitRelease(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
