package io.github.camellva.grpc.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import io.github.camellva.grpc.thread.Time;

/**
 * One clock, one source of chance and everything that is still to happen. What is due at the same moment happens in random order,
 * as it would on several threads.
 */
final class World implements Time {

    private final SplittableRandom random;
    private final PriorityQueue<Event> agenda = new PriorityQueue<>();
    /** Null unless a failure is replayed. */
    private final StringBuilder trace;
    private long now = 1;
    private int steps;
    private boolean calm;
    private String broken;

    private static final class Event implements Comparable<Event>, Timer {

        private final long at;
        private final int order;
        private final String what;
        private Runnable task;

        Event(long at, int order, String what, Runnable task) {
            this.at = at;
            this.order = order;
            this.what = what;
            this.task = task;
        }

        @Override
        public int compareTo(Event other) {
            return at == other.at ? Integer.compare(order, other.order) : Long.compare(at, other.at);
        }

        @Override
        public void cancel() {
            task = null;
        }
    }

    World(long seed, boolean traced) {
        this.random = new SplittableRandom(seed);
        this.trace = traced ? new StringBuilder() : null;
    }

    SplittableRandom random() {
        return random;
    }

    /** Whether something happens that does once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Whether something goes wrong that does once in so many times. */
    boolean fault(int times) {
        return !calm && oneIn(times);
    }

    /** Nothing goes wrong any more. */
    void calmDown() {
        calm = true;
    }

    /** A delay of at most so many microseconds, often none. */
    Duration upTo(int micros) {
        return random.nextInt(4) == 0 ? Duration.ZERO : Duration.ofNanos(1000L * random.nextInt(micros + 1));
    }

    /** Schedules what a trace shows. */
    Timer after(Duration delay, String what, Runnable task) {
        Event event = new Event(now + Math.max(0, delay.toNanos()), random.nextInt(), what, task);
        agenda.add(event);
        return event;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return after(delay, "a timer fires", task);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now);
    }

    /** Lets the next thing happen; false when nothing is left. */
    boolean step() {
        Event next;
        do {
            next = agenda.poll();
            if (next == null) {
                return false;
            }
        } while (next.task == null);
        now = Math.max(now, next.at);
        steps++;
        note(next.what);
        Runnable task = next.task;
        next.task = null;
        task.run();
        if (broken != null) {
            throw new AssertionError(broken);
        }
        return true;
    }

    int steps() {
        return steps;
    }

    boolean isTraced() {
        return trace != null;
    }

    void note(String what) {
        if (trace != null) {
            trace.append(String.format("%5d %12.3f ms  %s%n", steps, now / 1e6, what));
        }
    }

    String trace() {
        return String.valueOf(trace);
    }

    /** An invariant. Whoever catches what is thrown here does not hide that it is broken. */
    void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            broken = what.get();
            note("BROKEN: " + broken);
            throw new AssertionError(broken);
        }
    }
}
