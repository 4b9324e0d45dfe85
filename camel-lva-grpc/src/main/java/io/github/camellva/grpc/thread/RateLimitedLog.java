package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * For lines that a peer can cause as often as it likes: so many per interval, then one that says how many were dropped. Each
 * owner has one of its own, so that one route cannot silence another. Safe for use by many threads.
 */
public final class RateLimitedLog {

    private static final int LINES_PER_INTERVAL = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Logger log;
    private final LongSupplier nanoTime;
    @GuardedBy("this")
    private long intervalStart;
    @GuardedBy("this")
    private int lines;

    public RateLimitedLog(Logger log, Time time) {
        this(log, time::nanoTime);
    }

    public RateLimitedLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.intervalStart = nanoTime.getAsLong();
    }

    public void info(String format, Object... arguments) {
        log(Level.INFO, format, arguments);
    }

    public void warn(String format, Object... arguments) {
        log(Level.WARN, format, arguments);
    }

    public void error(String format, Object... arguments) {
        log(Level.ERROR, format, arguments);
    }

    private void log(Level level, String format, Object... arguments) {
        // a line that is not logged anyway must not take the place of one that is
        if (log.isEnabledForLevel(level) && mayLog()) {
            log.atLevel(level).log(format, arguments);
        }
    }

    private synchronized boolean mayLog() {
        long now = nanoTime.getAsLong();
        if (now - intervalStart >= INTERVAL.toNanos()) {
            if (lines > LINES_PER_INTERVAL) {
                log.warn("{} more lines of this kind were dropped", lines - LINES_PER_INTERVAL);
            }
            intervalStart = now;
            lines = 0;
        }
        return ++lines <= LINES_PER_INTERVAL;
    }
}
