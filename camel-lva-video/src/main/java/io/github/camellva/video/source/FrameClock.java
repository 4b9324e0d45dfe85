package io.github.camellva.video.source;

import java.util.OptionalLong;

/**
 * Says when frames were taken, in UTC: maps the time of each stream to it, so that times grow from frame to frame, over lost
 * connections and files that begin again as well. Confined to the thread that plays.
 */
final class FrameClock {

    /** A camera whose clock differs by more is wrong: it has no time server, or another time zone. */
    private static final long CAMERA_TOLERANCE_MICROS = 10_000_000;
    /** What comes later has not been under way so long: the stream's time has jumped. */
    private static final long LONGEST_DELAY_MICROS = 10_000_000;
    /** In so long a time, some frame has come without delay; the others have waited somewhere. */
    private static final long WINDOW_MICROS = 30_000_000;
    /** How far a recording that is played in real time may lag behind before it goes on from where it is. */
    private static final long LONGEST_LAG_MICROS = 1_000_000;

    /** A 90000th of a second, rounded up, so that times in such ticks grow as well. */
    private static final long ONE_TICK_MICROS = 12;

    private final MachineClock clock;
    private boolean live;
    private boolean paced;
    private boolean mapped;
    /** UTC minus the stream's time. */
    private long offset;
    private long last = Long.MIN_VALUE;
    private long lastNow;
    private long windowStart;
    private long shortestDelay;

    FrameClock(MachineClock clock) {
        this.clock = clock;
    }

    /**
     * Begins with another stream.
     *
     * @param ofLive  whether its frames come as they are taken
     * @param ofPaced whether a recording is played as fast as it was taken
     */
    void restart(boolean ofLive, boolean ofPaced) {
        live = ofLive;
        paced = ofPaced;
        mapped = false;
    }

    /** When the current frame was taken, in microseconds since 1970; later than the one before. */
    long takenMicros(VideoInput input) {
        long now = clock.nowMicros();
        long taken = live ? live(input, now) : recorded(input, now);
        last = last == Long.MIN_VALUE || taken >= last + ONE_TICK_MICROS ? taken : last + leastStep(now);
        lastNow = now;
        return last;
    }

    /** How long to wait until a moment of this clock. */
    long microsUntil(long moment) {
        return moment - clock.nowMicros();
    }

    private long live(VideoInput input, long now) {
        OptionalLong camera = input.takenMicros();
        if (camera.isPresent() && Math.abs(camera.getAsLong() - now) <= CAMERA_TOLERANCE_MICROS) {
            mapped = false;
            return camera.getAsLong();
        }
        OptionalLong presentation = input.presentationMicros();
        return presentation.isPresent() ? arrived(presentation.getAsLong(), now) : now;
    }

    private long arrived(long presentation, long now) {
        long delay = now - presentation - offset;
        if (!mapped || delay < 0 || delay > LONGEST_DELAY_MICROS) {
            map(presentation, now);
            return now;
        }
        shortestDelay = Math.min(shortestDelay, delay);
        if (now - windowStart > WINDOW_MICROS) {
            // the camera's clock is slower than this one
            offset += shortestDelay;
            openWindow(now);
        }
        return presentation + offset;
    }

    private long recorded(VideoInput input, long now) {
        OptionalLong presentation = input.presentationMicros();
        if (presentation.isEmpty()) {
            return mapped || last != Long.MIN_VALUE ? last + input.frameMicros() : now;
        }
        if (!mapped) {
            map(presentation.getAsLong(), last == Long.MIN_VALUE ? now : Math.max(last + input.frameMicros(), paced ? now : 0));
        } else if (presentation.getAsLong() + offset <= last) {
            map(presentation.getAsLong(), last + input.frameMicros());
        } else if (paced && now - presentation.getAsLong() - offset > LONGEST_LAG_MICROS) {
            map(presentation.getAsLong(), now);
        }
        return presentation.getAsLong() + offset;
    }

    /** A camera's clock that was ahead is waited for at half the speed: if time stood still, no frame would be chosen meanwhile. */
    private long leastStep(long now) {
        return live ? Math.max(ONE_TICK_MICROS, (now - lastNow) / 2) : ONE_TICK_MICROS;
    }

    private void map(long presentation, long utc) {
        offset = utc - presentation;
        mapped = true;
        openWindow(clock.nowMicros());
    }

    private void openWindow(long now) {
        windowStart = now;
        shortestDelay = Long.MAX_VALUE;
    }
}
