package io.github.camellva.examples.camera;

import java.time.Duration;
import java.util.Locale;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.FrameOutcome;
import io.github.camellva.examples.rig.Sender;
import io.github.camellva.examples.rig.Tally;
import org.apache.camel.Exchange;

/** Tells people how it goes: every few seconds, and when frames begin to fail or are answered again. */
final class Progress implements Sender.Listener {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Console console;
    private final Tally tally;
    private long firstSentNanos;
    private long lastDoneNanos;
    private long lastLineNanos;
    private long unansweredInARow;

    Progress(Console console, Tally tally) {
        this.console = console;
        this.tally = tally;
    }

    @Override
    public synchronized void done(CameraFrame frame, Duration latency, Exchange answer) {
        lastDoneNanos = System.nanoTime();
        if (firstSentNanos == 0) {
            firstSentNanos = lastDoneNanos - latency.toNanos();
            lastLineNanos = firstSentNanos;
        }
        switch (FrameOutcome.of(answer)) {
            case ANSWERED -> answered(frame.number());
            case NOT_PROCESSED -> unanswered(frame.number(), "the extension acknowledged it, but did not process it");
            // in one line, whatever a server answers
            case FAILED -> unanswered(
                    frame.number(), String.valueOf(answer.getException().getMessage()).replaceAll("\\s+", " "));
        }
        if (lastDoneNanos - lastLineNanos > BETWEEN_LINES.toNanos()) {
            lastLineNanos = lastDoneNanos;
            tell("progress");
        }
    }

    /** The counts so far, on one line. */
    synchronized void tell(String about) {
        FrameCounts counts = tally.counts();
        double seconds = (lastDoneNanos - firstSentNanos) / 1e9;
        console.line(about, String.format(Locale.ROOT, "%d frames sent, %d answered, %s%d failed%s, %.1f s, %.1f frames/s",
                counts.sent(), counts.answered(), counts.notProcessed() > 0 ? counts.notProcessed() + " not processed, " : "",
                counts.failed(), counts.leftOut() > 0 ? ", " + counts.leftOut() + " dropped" : "",
                seconds, seconds > 0 ? counts.answered() / seconds : 0));
    }

    private void answered(long number) {
        if (unansweredInARow > 0) {
            console.line("answered", "frame " + number + ", after " + unansweredInARow + " that failed");
            unansweredInARow = 0;
        }
    }

    /** Only the first of several in a row is reported; the others fail for the same reason. */
    private void unanswered(long number, String why) {
        if (unansweredInARow++ == 0) {
            console.line("failed", "frame " + number + ": " + why);
        }
    }
}
