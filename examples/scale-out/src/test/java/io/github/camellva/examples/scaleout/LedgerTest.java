package io.github.camellva.examples.scaleout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.Console;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Ledger ledger = new Ledger(new Console(new PrintStream(printed, true, StandardCharsets.UTF_8)), AnswerMode.RESULT);

    @Test
    void aRepeatIsADuplicateAndNotOutOfOrder() {
        acknowledge(1, 2, 3);
        results("worker-1", 1, 2);
        results("worker-2", 1, 2, 3);
        CameraSummary camera = camera();
        assertThat(camera.results()).isEqualTo(5);
        assertThat(camera.duplicates()).isEqualTo(2);
        assertThat(camera.outOfOrder()).isZero();
        assertThat(camera.withoutResult()).isZero();
        assertThat(camera.workers()).containsExactly("worker-1", "worker-2");
        assertThat(ledger.summary().isComplete()).isTrue();
    }

    @Test
    void aFirstResultBehindThatOfALaterFrameIsOutOfOrder() {
        acknowledge(1, 2, 3);
        results("worker-1", 1, 3, 2);
        assertThat(camera().outOfOrder()).isEqualTo(1);
        assertThat(ledger.summary().isComplete()).isFalse();
    }

    @Test
    void anAcknowledgedFrameWithoutResultIsMissed() throws InterruptedException {
        acknowledge(1, 2, 3);
        results("worker-1", 1, 3);
        ledger.awaitResults(Duration.ofMillis(1));
        assertThat(camera().withoutResult()).isEqualTo(1);
        assertThat(ledger.summary().isComplete()).isFalse();
    }

    @Test
    void aRejectedFrameHasBeenLookedAt() {
        acknowledge(1);
        ledger.rejected("camera-1", 1);
        assertThat(ledger.withoutResult()).isZero();
        assertThat(camera().duplicates()).isZero();
    }

    @Test
    void aFrameThatFailedIsTold() {
        acknowledge(1);
        results("worker-1", 1);
        ledger.failed(new CameraFrame("camera-1", 2, 2), "the session ended");
        assertThat(camera().sent()).isEqualTo(2);
        assertThat(ledger.summary().isComplete()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("camera-1, frame 2: the session ended");
    }

    @Test
    void aMoveIsToldWithTheTimeThatItTook() {
        ledger.result("camera-1", 1, "worker-1", 1_000);
        ledger.result("camera-1", 2, "worker-2", 7_500);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("camera-1 from worker-1 to worker-2, after 6.5 s without a result");
        assertThat(camera().longestGap()).isEqualTo(Duration.ofMillis(6_500));
    }

    @Test
    void theBusiestWorkerLooksAtMostCameras() {
        ledger.result("camera-1", 1, "worker-1", 0);
        ledger.result("camera-2", 1, "worker-2", 0);
        ledger.result("camera-3", 1, "worker-2", 0);
        assertThat(ledger.busiestWorker()).isEqualTo(new WorkerLoad("worker-2", List.of("camera-2", "camera-3")));
    }

    private void acknowledge(long... timestamps) {
        for (long timestamp : timestamps) {
            ledger.answered(new CameraFrame("camera-1", timestamp, timestamp), List.of());
        }
    }

    private void results(String worker, long... timestamps) {
        for (long timestamp : timestamps) {
            ledger.result("camera-1", timestamp, worker, timestamp);
        }
    }

    private CameraSummary camera() {
        return ledger.summary().cameras().get(0);
    }
}
