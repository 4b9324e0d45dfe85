package io.github.camellva.examples.scaleout;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what may happen to every frame: the first time at once, then every few seconds how often it has happened. */
public final class SeldomLog {

    private static final Logger LOG = LoggerFactory.getLogger(SeldomLog.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private long times;
    private long lastLineNanos = System.nanoTime() - BETWEEN_LINES.toNanos();

    public synchronized void warn(String text) {
        times++;
        long now = System.nanoTime();
        if (now - lastLineNanos >= BETWEEN_LINES.toNanos()) {
            lastLineNanos = now;
            LOG.warn("{}{}", text, times == 1 ? "" : " (" + times + " frames so far)");
        }
    }
}
