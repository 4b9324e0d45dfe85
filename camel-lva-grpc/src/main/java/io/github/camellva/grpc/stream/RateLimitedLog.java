package io.github.camellva.grpc.stream;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.event.Level;

/** For lines that a peer can cause as often as it likes: some per interval, then one that says how many were left out. */
public final class RateLimitedLog {

    private static final int LINES_PER_INTERVAL = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Logger log;
    private final LongSupplier nanoTime;
    private long intervalStart;
    private int lines;

    public RateLimitedLog(Logger log) {
        this(log, System::nanoTime);
    }

    RateLimitedLog(Logger log, LongSupplier nanoTime) {
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

    private void log(Level level, String format, Object... arguments) {
        // what is not logged anyway must not take the place of what is
        if (log.isEnabledForLevel(level) && mayLog()) {
            log.atLevel(level).log(format, arguments);
        }
    }

    private synchronized boolean mayLog() {
        long now = nanoTime.getAsLong();
        if (now - intervalStart >= INTERVAL.toNanos()) {
            if (lines > LINES_PER_INTERVAL) {
                log.warn("{} more lines of this kind were left out", lines - LINES_PER_INTERVAL);
            }
            intervalStart = now;
            lines = 0;
        }
        return ++lines <= LINES_PER_INTERVAL;
    }
}
