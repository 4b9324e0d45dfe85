package io.github.camellva.video.source;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a source into a {@link Handover}, and again when it is lost. Its one thread opens, reads and closes the source, so that
 * nothing native is ever used by two; {@link Control} and {@link #status} are all that others touch.
 */
public final class Player implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Player.class);

    /** Cameras lock accounts whose password is tried too often; what cannot be decoded seldom changes. */
    private static final Duration RARELY = Duration.ofSeconds(30);

    private final SourceAddress address;
    private final Opener opener;
    private final PlaySettings settings;
    private final Handover handover;
    private final PlayerCounts counts;
    private final SourceTime time;
    private final Control control;
    private final Backoff backoff;
    private final FrameSelector selector;
    private final FrameClock clock;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile PlayerStatus status;
    /** Confined to the thread that plays: when the source was lost; null while it is not. */
    private @Nullable Instant lostAt;
    private int attempts;
    private long offered;

    /** Opens the source. */
    @FunctionalInterface
    public interface Opener {

        /** @param interrupted ends native calls when it turns true */
        VideoInput open(BooleanSupplier interrupted) throws SourceException;
    }

    public Player(
            SourceAddress address, Opener opener, PlaySettings settings, Handover handover, PlayerCounts counts, SourceTime time,
            RandomGenerator random) {
        this.address = address;
        this.opener = opener;
        this.settings = settings;
        this.handover = handover;
        this.counts = counts;
        this.time = time;
        this.control = new Control(time);
        this.backoff = new Backoff(settings.reconnectDelay(), settings.maxReconnectDelay(), random);
        this.selector = new FrameSelector(settings.framesPerSecond());
        this.clock = new FrameClock(new MachineClock(time));
        this.status = new PlayerStatus(PlayerState.CONNECTING, time.now(), "", null);
    }

    public PlayerStatus status() {
        return status;
    }

    /** A camera is let go; a file is held where it is. */
    public void suspend() {
        control.suspend();
    }

    public void resume() {
        control.resume();
    }

    /** Frames that wait are dropped. */
    public void stop() {
        control.stop();
        handover.close();
    }

    /** Waits until the source is open, or it is known that it will not be; false when that takes longer. */
    public boolean awaitBegun(Duration longest) throws InterruptedException {
        return begun.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until everything native is freed; false when that takes longer. */
    public boolean awaitOver(Duration longest) throws InterruptedException {
        return over.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether it has ended for good. */
    public boolean isOver() {
        return over.getCount() == 0;
    }

    @Override
    public void run() {
        try {
            while (awaitRunning() && playOnce()) {
                // again
            }
            handover.awaitIdle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (status.state() != PlayerState.ENDED && status.state() != PlayerState.FAILED) {
                status = status.become(PlayerState.STOPPED, time.now());
            }
            handover.close();
            begun.countDown();
            over.countDown();
        }
    }

    /** Plays from opening to the end, the loss, or the wish of another; false when that was the last time. */
    private boolean playOnce() throws InterruptedException {
        if (lostAt == null && status.state() != PlayerState.PLAYING) {
            status = status.become(PlayerState.CONNECTING, time.now());
        }
        attempts++;
        try (VideoInput input = opener.open(this::isInterrupted)) {
            clock.restart(input.isLive(), settings.realtime());
            play(input);
        } catch (SourceException e) {
            return control.isRunning() ? goOnAfter(e) : !control.isStopped();
        } catch (RuntimeException | Error e) {
            // a camera is worth another attempt, whatever has happened
            return goOnAfter(new SourceException(SourceException.Reason.LOST, address + " cannot be played: " + e));
        }
        if (!control.isRunning()) {
            return !control.isStopped();
        }
        if (settings.loop() && !isEnough()) {
            return true;
        }
        status = status.become(PlayerState.ENDED, time.now());
        return false;
    }

    private void play(VideoInput input) throws SourceException, InterruptedException {
        long errors = 0;
        while (!isEnough() && input.next()) {
            if (status.state() != PlayerState.PLAYING || lostAt != null) {
                playing(input);
            }
            errors = noteErrors(input, errors);
            counts.decoded();
            take(input);
            if (!(input.isLive() ? control.isRunning() : awaitRunning())) {
                return;
            }
        }
        noteErrors(input, errors);
    }

    private void take(VideoInput input) throws SourceException, InterruptedException {
        long taken = clock.takenMicros(input);
        if (!selector.take(taken)) {
            return;
        }
        if (!input.isLive() && settings.realtime()) {
            control.sleep(Duration.of(Math.max(0, clock.microsUntil(taken)), ChronoUnit.MICROS));
        }
        Frame frame = new Frame(input.picture(), taken);
        if (overflow(input) == Overflow.SKIP) {
            if (handover.replace(frame)) {
                counts.skipped();
            } else {
                offered++;
            }
        } else {
            handover.put(frame);
            offered++;
        }
    }

    private Overflow overflow(VideoInput input) {
        return settings.overflow() != null ? settings.overflow() : input.isLive() ? Overflow.SKIP : Overflow.BLOCK;
    }

    private boolean isEnough() {
        return settings.maxFrames() > 0 && offered >= settings.maxFrames();
    }

    /** Whether native calls are to end: a file can be held within one. */
    private boolean isInterrupted() {
        return address.kind().isLive() ? !control.isRunning() : control.isStopped();
    }

    private boolean awaitRunning() throws InterruptedException {
        if (control.isRunning()) {
            return true;
        }
        PlayerStatus before = status;
        if (!control.isStopped()) {
            status = status.become(PlayerState.SUSPENDED, time.now());
            LOG.info("{}: {} is suspended", settings.name().get(), address);
        }
        boolean running = control.awaitRunning();
        if (running) {
            status = before.become(before.state(), time.now());
        }
        return running;
    }

    private void playing(VideoInput input) {
        String description = input.description();
        if (lostAt != null) {
            LOG.info("{}: {} is back after {} ms and {} attempts: {}",
                    settings.name().get(), address, Duration.between(lostAt, time.now()).toMillis(), attempts, description);
        } else {
            LOG.info("{}: {} plays: {}", settings.name().get(), address, description);
        }
        lostAt = null;
        attempts = 0;
        backoff.reset();
        status = status.playing(description, time.now());
        begun.countDown();
    }

    private long noteErrors(VideoInput input, long before) {
        long errors = input.decodingErrors();
        if (errors > before) {
            if (before == 0) {
                LOG.warn("{}: {} has data that cannot be decoded; it is dropped, and counted from here on", settings.name().get(), address);
            }
            counts.decodingErrors(errors - before);
        }
        return errors;
    }

    /** @return whether it is tried again */
    private boolean goOnAfter(SourceException failure) throws InterruptedException {
        if (!address.kind().isLive()) {
            fail(failure.getMessage());
            return false;
        }
        if (lostAt == null) {
            lostAt = time.now();
            if (status.state() == PlayerState.PLAYING) {
                counts.lost();
            }
            LOG.warn("{}: {}; it is tried again until it is there", settings.name().get(), failure.getMessage());
        }
        status = status.troubled(PlayerState.WAITING_TO_RECONNECT, failure.getMessage(), time.now());
        begun.countDown();
        control.sleep(failure.reason() == SourceException.Reason.LOST ? backoff.afterFailure() : RARELY);
        return true;
    }

    private void fail(String why) {
        LOG.error("{}: {}", settings.name().get(), why);
        status = status.troubled(PlayerState.FAILED, why, time.now());
    }

    /** Why the source was given up; empty if it was not. */
    public Optional<String> failure() {
        PlayerStatus current = status;
        return current.state() == PlayerState.FAILED ? Optional.ofNullable(current.error()) : Optional.empty();
    }
}
