package io.github.camellva.examples.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.proto.Inference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Prints what happens and keeps count of it. Safe for use by many threads. */
final class Report implements CameraListener {

    private static final int MOST_CHARACTERS_SHOWN = 90;

    private final Console console;
    private final Ledger ledger = new Ledger();
    /** Those of which a record came; only the reader's thread uses it. */
    private final Set<String> camerasSeen = new HashSet<>();
    private final AtomicLong answers = new AtomicLong();
    private volatile long awaitedAnswers = Long.MAX_VALUE;
    private volatile Runnable onAwaited = () -> { };

    Report(Console console) {
        this.console = console;
    }

    void line(String about, String text) {
        console.line(about, text);
    }

    /** Runs {@code action}, which must not wait, when so many frames are answered. */
    void onAnswer(long howMany, Runnable action) {
        onAwaited = action;
        awaitedAnswers = howMany;
    }

    @Override
    public void answered(CameraFrame frame, List<Inference> inferences) {
        if (!inferences.isEmpty()) {
            ledger.answered(frame.camera(), frame.timestamp());
        }
        if (answers.incrementAndGet() >= awaitedAnswers) {
            onAwaited.run();
        }
    }

    @Override
    public void notProcessed(CameraFrame frame) {
        ledger.problem("frame " + frame.number() + " of " + frame.camera() + " was not processed");
    }

    @Override
    public void failed(CameraFrame frame, String why) {
        ledger.problem("frame " + frame.number() + " of " + frame.camera() + " has no answer: " + why);
    }

    /** Checks what Kafka has. */
    void received(ConsumerRecord<String, String> received) {
        String where = "partition " + received.partition() + " offset " + received.offset();
        try {
            ResultRecord result = ResultRecord.of(received);
            line("record", result.camera() + "  " + where + "  " + result.headers().get("ce_time") + "  "
                           + Console.abbreviate(received.value(), MOST_CHARACTERS_SHOWN));
            if (camerasSeen.add(result.camera())) {
                result.headers().forEach((name, value) -> line("  header", name + ": " + value));
            }
            // last, since the summary waits for it
            ledger.stored(result.camera(), result.timestamp());
        } catch (IllegalArgumentException e) {
            line("problem", where + ": " + e.getMessage());
            ledger.problem(where + ": " + e.getMessage());
        }
    }

    /** Waits for records that are still under way. */
    void awaitRecords(long quietSeconds) throws InterruptedException {
        if (ledger.missing() > 0) {
            line("waiting", "for records, until none comes for " + quietSeconds + " s");
            ledger.awaitStored(TimeUnit.SECONDS.toMillis(quietSeconds));
        }
    }

    Summary summarize(Delivery delivery, FrameCounts frames) {
        Summary summary = ledger.summary(delivery, frames);
        console.summary(summary.lines());
        return summary;
    }
}
