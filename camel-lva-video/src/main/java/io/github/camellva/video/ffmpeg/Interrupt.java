package io.github.camellva.video.ffmpeg;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends native calls that wait: FFmpeg asks some ten times a second whether to go on. One callback serves all sources, since
 * JavaCPP has room for a few only; the number that FFmpeg hands back says whose call it is.
 */
final class Interrupt implements AutoCloseable {

    private static final Map<Long, Interrupt> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Callback CALLBACK = new Callback();
    /** When FFmpeg asks later than this, it was the machine that had no time, and who sends is not to blame for that. */
    private static final long LONGEST_PAUSE_NANOS = 250_000_000;

    private final long number = NUMBERS.incrementAndGet();
    private final BooleanSupplier stopped;
    private final LongSupplier nanoTime;
    @GuardedBy("this")
    private long nanosLeft;
    @GuardedBy("this")
    private long asked;
    @GuardedBy("this")
    private boolean expired;

    private static final class Callback extends AVIOInterruptCB.Callback_Pointer {

        @Override
        public int call(Pointer opaque) {
            Interrupt interrupt = OPEN.get(opaque.address());
            return interrupt == null || interrupt.isDue() ? 1 : 0;
        }
    }

    /** A number in a pointer's clothes; there is no memory behind it. */
    private static final class Number extends Pointer {

        Number(long number) {
            address = number;
        }
    }

    /** @param stopped whether calls are to end at once */
    Interrupt(BooleanSupplier stopped, LongSupplier nanoTime, Duration first) {
        this.stopped = stopped;
        this.nanoTime = nanoTime;
        allow(first);
        OPEN.put(number, this);
    }

    void attach(AVFormatContext context) {
        context.interrupt_callback().callback(CALLBACK);
        context.interrupt_callback().opaque(new Number(number));
    }

    /** Lets the calls that follow take so long together, beside the time in which this process does not run. */
    synchronized void allow(Duration longest) {
        expired = false;
        nanosLeft = longest.toNanos();
        asked = nanoTime.getAsLong();
    }

    /** Whether a call was ended since it took too long. */
    synchronized boolean hasExpired() {
        return expired;
    }

    @Override
    public void close() {
        OPEN.remove(number);
    }

    /** FFmpeg's question, whether to end a call. */
    synchronized boolean isDue() {
        long now = nanoTime.getAsLong();
        nanosLeft -= Math.min(now - asked, LONGEST_PAUSE_NANOS);
        asked = now;
        expired |= nanosLeft < 0;
        return expired || stopped.getAsBoolean();
    }
}
