package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Time that passes when a test says so. Due timers run in the order of their moments, and of their making when those are the
 * same, on the thread that lets time pass; each of them sees the moment that it was due.
 */
public final class VirtualTime implements Time {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Queue<VirtualTimer> timers = new PriorityQueue<>(
            Comparator.comparingLong(VirtualTimer::due).thenComparingLong(VirtualTimer::number));
    /** Not 0, which could pass for a time that was never set. */
    private long nanos = 1_000_000_000;
    private long lastNumber;
    private long nanosPerLook;
    private Duration jumped = Duration.ZERO;

    @Override
    public synchronized long nanoTime() {
        nanos += nanosPerLook;
        return nanos;
    }

    /** From now on time passes as well whenever somebody looks at the clock. */
    public synchronized void passWithEachLook(Duration duration) {
        nanosPerLook = duration.toNanos();
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos).plus(jumped);
    }

    /** Somebody sets the clock on the wall, forward or back. */
    public synchronized void jump(Duration by) {
        jumped = jumped.plus(by);
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
        VirtualTimer timer = new VirtualTimer(nanos + Math.max(0, delay.toNanos()), ++lastNumber, task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    /** Lets time pass, and runs what becomes due meanwhile, also what such a task schedules. */
    public void advance(Duration duration) {
        long end = nanoTime() + duration.toNanos();
        for (VirtualTimer timer = nextUntil(end); timer != null; timer = nextUntil(end)) {
            timer.task().run();
        }
    }

    /** Lets time pass until the next timer is due, and runs it; does nothing and is false when there is none. */
    public boolean advanceToNext() {
        VirtualTimer timer = nextUntil(Long.MAX_VALUE);
        if (timer == null) {
            return false;
        }
        timer.task().run();
        return true;
    }

    /** Timers that have neither run nor been cancelled. */
    public synchronized int pending() {
        return timers.size();
    }

    private synchronized void cancel(VirtualTimer timer) {
        timers.remove(timer);
    }

    /** The next timer that is due by then, at its moment; null, at the end, when there is none. */
    private synchronized VirtualTimer nextUntil(long end) {
        VirtualTimer timer = timers.peek();
        if (timer != null && timer.due() <= end) {
            timers.remove();
            nanos = Math.max(nanos, timer.due());
            return timer;
        }
        if (end != Long.MAX_VALUE) {
            nanos = Math.max(nanos, end);
        }
        return null;
    }

    private record VirtualTimer(long due, long number, Runnable task) {
    }
}
