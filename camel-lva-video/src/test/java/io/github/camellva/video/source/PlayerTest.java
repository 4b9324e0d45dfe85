package io.github.camellva.video.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

import io.github.camellva.video.source.SourceException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class PlayerTest {

    private static final SourceAddress CAMERA = SourceAddress.of("rtsp://camera/x", null, null, null);
    private static final SourceAddress FILE = SourceAddress.of("street.mp4", null, null, null);

    private final FakeTime time = new FakeTime();
    private final PlayerCounts counts = new PlayerCounts();
    private final Handover handover = new Handover(1_000);
    private final List<FakeInput> opened = new ArrayList<>();
    private Player player;

    @Test
    void aLostCameraIsTriedAgainAfterWaitsThatGrowToALimit() {
        play(CAMERA, settings(0, 0), 6, attempt -> null);
        assertThat(time.waitsMillis()).hasSize(6);
        long[] nominal = { 250, 500, 1000, 1000, 1000 };
        for (int i = 0; i < nominal.length; i++) {
            assertThat(time.waitsMillis().get(i)).isBetween(nominal[i] / 2, nominal[i]);
        }
    }

    @Test
    void aCameraThatHasPlayedIsTriedAgainSoon() {
        play(CAMERA, settings(0, 0), 6, attempt -> attempt == 4 ? new FakeInput(true, 3, time) : null);
        assertThat(time.waitsMillis().get(4)).as("after it has played").isLessThanOrEqualTo(250);
        assertThat(counts.getLosses()).isEqualTo(1);
        assertThat(counts.getDecoded()).isEqualTo(3);
        assertThat(opened).allMatch(FakeInput::isClosed);
    }

    @Test
    void refusedCredentialsAreTriedRarely() {
        Player.Opener opener = interrupted -> {
            if (time.waitsMillis().size() == 2) {
                player.stop();
            }
            throw new SourceException(Reason.UNAUTHORIZED, "no");
        };
        player = new Player(CAMERA, opener, settings(0, 0), handover, counts, time, new Random(1));
        player.run();
        assertThat(time.waitsMillis()).containsExactly(30_000L, 30_000L);
        assertThat(player.status().state()).isEqualTo(PlayerState.STOPPED);
    }

    @Test
    void aFileThatCannotBeReadIsGivenUp() {
        Player.Opener opener = interrupted -> {
            throw new SourceException(Reason.UNUSABLE, "street.mp4 is no video");
        };
        player = new Player(FILE, opener, settings(0, 0), handover, counts, time, new Random(1));
        player.run();
        assertThat(player.failure()).contains("street.mp4 is no video");
        assertThat(time.waitsMillis()).isEmpty();
    }

    @Test
    void aFileThatIsPlayedInRealTimeTakesItsTime() throws Exception {
        long start = time.nanoTime();
        play(FILE, new PlaySettings(() -> "test", 0, 0, true, false, Overflow.SKIP, Duration.ofMillis(1), Duration.ofMillis(1)), 1,
                attempt -> new FakeInput(false, 26, time));
        assertThat(Duration.ofNanos(time.nanoTime() - start)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void soManyFramesGoToTheRouteAsAskedFor() {
        play(CAMERA, new PlaySettings(() -> "test", 0, 3, false, false, Overflow.BLOCK, Duration.ofMillis(1), Duration.ofMillis(1)), 1,
                attempt -> new FakeInput(true, 100, time));
        assertThat(player.status().state()).isEqualTo(PlayerState.ENDED);
        assertThat(counts.getDecoded()).isEqualTo(3);
    }

    @Test
    void aFailureThatNobodyForesawIsOneMoreLoss() {
        play(CAMERA, settings(0, 0), 3, attempt -> {
            throw new IllegalStateException("pixels of format nv12 cannot be converted");
        });
        assertThat(time.waitsMillis()).hasSize(3);
        assertThat(player.status().error()).contains("nv12");
    }

    @Test
    void noErrorEndsTheAttempts() {
        play(CAMERA, settings(0, 0), 3, attempt -> {
            throw new UnsatisfiedLinkError("no jniswscale in java.library.path");
        });
        assertThat(time.waitsMillis()).hasSize(3);
        assertThat(player.status().error()).contains("no jniswscale");
    }

    /** Plays until so many attempts are over; an attempt that has no input fails. */
    private void play(SourceAddress address, PlaySettings settings, int attempts, IntFunction<FakeInput> inputs) {
        int[] attempt = { 0 };
        Player.Opener opener = interrupted -> {
            if (attempt[0] == attempts) {
                player.stop();
                throw new SourceException(Reason.LOST, "stopped");
            }
            FakeInput input = inputs.apply(attempt[0]++);
            if (input == null) {
                throw new SourceException(Reason.LOST, "the camera is away");
            }
            opened.add(input);
            return input;
        };
        player = new Player(address, opener, settings, handover, counts, time, new Random(1));
        Thread route = new Thread(this::takeAll);
        route.start();
        player.run();
    }

    private void takeAll() {
        try {
            while (handover.take() != null) {
                handover.done();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PlaySettings settings(double framesPerSecond, long maxFrames) {
        return new PlaySettings(
                () -> "test", framesPerSecond, maxFrames, false, false, Overflow.SKIP, Duration.ofMillis(250), Duration.ofMillis(1000));
    }
}
