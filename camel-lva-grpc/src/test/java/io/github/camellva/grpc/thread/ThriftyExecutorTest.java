package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ThriftyExecutorTest {

    /** More than it takes to know that tasks are quick. */
    private static final int MANY = 100;
    /** Long enough to be looked for when a worker is held up. */
    private static final Duration A_WHILE = Duration.ofMillis(5);

    private final VirtualTime time = new VirtualTime();
    /** Workers that were started; each runs when the test takes it. */
    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    /** What the pool throws; null while it has threads. */
    private Throwable refusal;

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
    void tasksBeginInTheirOrderWhicheverThreadComesFirst() {
        ThriftyExecutor executor = executor(3);
        for (String name : List.of("a", "b", "c")) {
            executor.execute(() -> {
                done.add(name);
                if (!pool.isEmpty()) {
                    pool.removeLast().run();
                }
            });
        }
        pool.removeLast().run();
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void quickTasksAreLeftToTheThreadThatIsAwake() {
        ThriftyExecutor executor = executor(8);
        runQuickTasks(executor);
        executor.execute(() -> done.add("a"));
        executor.execute(() -> done.add("b"));
        assertThat(pool).hasSize(1);
        assertThat(time.pending()).as("somebody is to look whether that thread gets to it").isEqualTo(1);
        pool.remove().run();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void whatIsLeftToAThreadThatIsHeldUpGetsAnother() {
        ThriftyExecutor executor = executor(8);
        runQuickTasks(executor);
        executor.execute(() -> {
            executor.execute(() -> done.add("b"));
            time.advance(A_WHILE);
            pool.remove().run();
            done.add("a");
        });
        pool.remove().run();
        assertThat(done).containsExactly("b", "a");
    }

    @Test
    void noMoreThreadsThanAllowedAreWokenForWhatIsHeldUp() {
        ThriftyExecutor executor = executor(1);
        runQuickTasks(executor);
        executor.execute(() -> {
            executor.execute(() -> done.add("b"));
            time.advance(A_WHILE);
            done.add("a, more threads: " + pool.size());
        });
        pool.remove().run();
        assertThat(done).containsExactly("a, more threads: 0", "b");
    }

    @Test
    void manyQuickTasksGetAThreadForEachProcessorWhenOneDoesNotKeepUp() {
        ThriftyExecutor executor = new ThriftyExecutor(this::start, 8, 2, time);
        runQuickTasks(executor);
        executor.execute(() -> done.add("a"));
        executor.execute(() -> done.add("b"));
        time.advance(A_WHILE);
        assertThat(pool).hasSize(2);
        time.advance(A_WHILE);
        assertThat(pool).as("there are two processors").hasSize(2);
    }

    @Test
    void whatWasDeferredByAThreadThatIsHeldUpIsDoneByWhoeverRelievesIt() {
        ThriftyExecutor executor = executor(1);
        runQuickTasks(executor);
        executor.execute(() -> executor.defer(() -> done.add("deferred")));
        executor.execute(() -> {
            done.add("held up");
            time.advance(A_WHILE);
            done.add("goes on");
        });
        executor.execute(() -> done.add("next"));
        pool.remove().run();
        assertThat(done).containsExactly("held up", "deferred", "goes on", "next");
    }

    @Test
    void whatIsDeferredIsDoneWhenNoTaskWaitsForTheThread() {
        ThriftyExecutor executor = executor(1);
        runQuickTasks(executor);
        for (String name : List.of("a", "b", "c")) {
            executor.execute(() -> {
                done.add(name);
                executor.defer(() -> done.add("after " + name));
            });
        }
        pool.remove().run();
        assertThat(done).containsExactly("a", "b", "c", "after c", "after a", "after b");
    }

    @Test
    void whatIsDeferredWaitsNoLongerThanItTakesToWakeAThread() {
        ThriftyExecutor executor = executor(1);
        runQuickTasks(executor);
        executor.execute(() -> executor.defer(() -> done.add("deferred")));
        executor.execute(() -> time.advance(Duration.ofNanos(100_001)));
        executor.execute(() -> done.add("next"));
        pool.remove().run();
        assertThat(done).containsExactly("deferred", "next");
    }

    @Test
    void nothingIsDeferredWhileTasksMayBeSlow() {
        ThriftyExecutor executor = executor(1);
        executor.execute(() -> executor.defer(() -> done.add("deferred")));
        executor.execute(() -> done.add("next"));
        pool.remove().run();
        assertThat(done).containsExactly("deferred", "next");
    }

    @Test
    void onAnotherThreadNothingIsDeferred() {
        executor(1).defer(() -> done.add("a"));
        assertThat(done).containsExactly("a");
    }

    @Test
    void nobodyLooksAgainWhenNothingIsLeft() {
        ThriftyExecutor executor = executor(8);
        runQuickTasks(executor);
        executor.execute(() -> done.add("a"));
        executor.execute(() -> done.add("b"));
        time.advance(A_WHILE);
        assertThat(time.pending()).as("a and b still wait").isEqualTo(1);
        pool.forEach(Runnable::run);
        time.advance(A_WHILE);
        assertThat(time.pending()).isZero();
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheOthers() {
        ThriftyExecutor executor = executor(1);
        executor.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        executor.execute(() -> {
            throw new StackOverflowError("on purpose");
        });
        executor.execute(() -> done.add("c"));
        pool.remove().run();
        assertThat(done).containsExactly("c");
    }

    @Test
    void anInterruptThatATaskLeavesDoesNotReachTheNext() {
        ThriftyExecutor executor = executor(1);
        executor.execute(() -> Thread.currentThread().interrupt());
        executor.execute(() -> done.add("interrupted: " + Thread.currentThread().isInterrupted()));
        pool.remove().run();
        assertThat(done).containsExactly("interrupted: false");
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aPoolThatRefusesLeavesThePlaceFree(Throwable noThread) {
        ThriftyExecutor executor = executor(1);
        refusal = noThread;
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> done.add("a")))
                .withMessageContaining(noThread.getMessage());
        refusal = null;
        executor.execute(() -> done.add("b"));
        pool.remove().run();
        assertThat(done).as("a was refused, and is not run as well").containsExactly("b");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aTaskThatGetsNoThreadOfItsOwnIsLeftToThoseThatAreAwake(Throwable noThread) {
        ThriftyExecutor executor = executor(8);
        executor.execute(() -> done.add("a"));
        refusal = noThread;
        assertThatCode(() -> executor.execute(() -> done.add("b"))).doesNotThrowAnyException();
        pool.remove().run();
        assertThat(done).containsExactly("a", "b");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aThreadThatCannotBeStartedForWhatIsHeldUpIsTriedAgain(Throwable noThread) {
        ThriftyExecutor executor = executor(8);
        runQuickTasks(executor);
        executor.execute(() -> {
            executor.execute(() -> done.add("b"));
            refusal = noThread;
            time.advance(A_WHILE);
            done.add("threads: " + pool.size());
            refusal = null;
            time.advance(A_WHILE);
            done.add("threads: " + pool.size());
            pool.remove().run();
            done.add("a");
        });
        pool.remove().run();
        assertThat(done).containsExactly("threads: 0", "threads: 1", "b", "a");
    }

    @Test
    void everyTaskOfManyThreadsIsRunOnceAndNoMoreThanAllowedAtATime() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        try {
            ThriftyExecutor executor = new ThriftyExecutor(threads, 3, 2, new SystemTime(timers));
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(10_000);
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread submitter = new Thread(() -> {
                    for (int task = 0; task < 2500; task++) {
                        executor.execute(() -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            running.decrementAndGet();
                            ran.incrementAndGet();
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
            assertThat(ran).hasValue(10_000);
        } finally {
            threads.shutdownNow();
            timers.shutdownNow();
        }
    }

    static List<Throwable> refusals() {
        return List.of(new RejectedExecutionException("the pool is full"),
                new OutOfMemoryError("unable to create native thread"), new StackOverflowError("deep"),
                new IllegalStateException("the pool speaks in words of its own"));
    }

    /** For a machine with one processor. */
    private ThriftyExecutor executor(int maxWorkers) {
        return new ThriftyExecutor(this::start, maxWorkers, 1, time);
    }

    private void start(Runnable worker) {
        if (refusal instanceof Error error) {
            throw error;
        } else if (refusal != null) {
            throw (RuntimeException) refusal;
        }
        pool.add(worker);
    }

    private void runQuickTasks(ThriftyExecutor executor) {
        for (int i = 0; i < MANY; i++) {
            executor.execute(() -> { });
            pool.remove().run();
        }
    }
}
