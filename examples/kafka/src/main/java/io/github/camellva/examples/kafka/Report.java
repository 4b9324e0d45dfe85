package io.github.camellva.examples.kafka;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.proto.Inference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells people what happens, a line for each thing, and keeps count of it. Safe for use by many threads. */
final class Report implements CameraListener {

    private static final int MOST_CHARACTERS_SHOWN = 90;

    private final PrintStream out;
    private final Ledger ledger = new Ledger();
    /** Those of which a record came; only the reader's thread uses it. */
    private final Set<String> camerasSeen = new HashSet<>();
    private volatile long awaitedAnswers = Long.MAX_VALUE;
    private volatile Runnable onAwaited = () -> { };

    Report(PrintStream out) {
        this.out = out;
    }

    void line(String about, String text) {
        out.printf("%-10s %s%n", about, text);
    }

    /** Runs {@code action}, which must not wait, when so many frames are answered. */
    void onAnswer(long answers, Runnable action) {
        onAwaited = action;
        awaitedAnswers = answers;
    }

    @Override
    public void answered(CameraFrame frame, List<Inference> inferences) {
        long answers = inferences.isEmpty()
                ? ledger.answeredWithoutFindings()
                : ledger.answered(frame.camera(), frame.timestamp());
        if (answers >= awaitedAnswers) {
            onAwaited.run();
        }
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
                           + abbreviated(received.value()));
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

    Summary summarize(Delivery delivery, long sent, long leftOut) {
        Summary summary = ledger.summary(delivery, sent, leftOut);
        out.println();
        summary.lines().forEach(out::println);
        out.flush();
        return summary;
    }

    private static String abbreviated(String json) {
        return json.length() <= MOST_CHARACTERS_SHOWN
                ? json
                : json.substring(0, MOST_CHARACTERS_SHOWN) + "... " + json.length() + " characters";
    }
}
