package io.github.camellva.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.Box;
import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.FrameOutcome;
import io.github.camellva.examples.rig.Match;
import io.github.camellva.examples.rig.Sender;
import io.github.camellva.examples.rig.Tally;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Tag;
import org.apache.camel.Exchange;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;

/** Tells people of every answer and every document, and counts them. Safe for use by many threads. */
final class Report implements Sender.Listener {

    private static final int MOST_BOXES_SHOWN = 4;
    private static final int MOST_CHARACTERS_SHOWN = 110;
    private static final Duration DOCUMENTS_TIMEOUT = Duration.ofSeconds(5);

    private final Console console;
    private final Judge judge;
    private final Tally tally = new Tally();
    private final List<Duration> latencies = new ArrayList<>();
    private long startNanos;
    private long endNanos;
    private long motions;
    private long classifications;
    private long documentsExpected;
    private long documents;

    /** Knows where the objects of a frame are. */
    @FunctionalInterface
    interface Judge {
        Optional<List<Box>> objectsOf(long frame);
    }

    Report(PrintStream out, Judge judge) {
        this.console = new Console(out);
        this.judge = judge;
    }

    Console console() {
        return console;
    }

    Tally tally() {
        return tally;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void done(CameraFrame frame, Duration latency, Exchange answer) {
        switch (FrameOutcome.of(answer)) {
            case ANSWERED -> {
                List<Inference> inferences = answer.getMessage().getBody(List.class);
                answered(frame.number(), latency, inferences);
            }
            case NOT_PROCESSED -> console.line("problem", "frame " + frame.number() + " was acknowledged, but not processed");
            case FAILED -> console.line(
                    "problem", "frame " + frame.number() + " has no answer: " + answer.getException().getMessage());
        }
    }

    private void answered(long frame, Duration latency, List<Inference> inferences) {
        count(latency, inferences);
        List<Box> boxes = inferences.stream().filter(Inference::hasMotion)
                .map(inference -> Box.of(inference.getMotion().getBox())).toList();
        String found = Stream.concat(motions(boxes), classifications(inferences)).collect(Collectors.joining("  "));
        console.line(String.format("frame %4d", frame), String.format(
                Locale.ROOT, "%6.1f ms  %s%s", latency.toNanos() / 1e6, found, judgement(frame, boxes)));
    }

    private synchronized void count(Duration latency, List<Inference> inferences) {
        endNanos = System.nanoTime();
        if (latencies.isEmpty()) {
            startNanos = endNanos - latency.toNanos();
        }
        latencies.add(latency);
        motions += inferences.stream().filter(Inference::hasMotion).count();
        classifications += inferences.stream().filter(Inference::hasClassification).count();
        documentsExpected += inferences.isEmpty() ? 0 : 1;
    }

    /** A message that the subscriber got. */
    synchronized void document(Exchange received) {
        String topic = received.getMessage().getHeader(PahoMqtt5Constants.MQTT_TOPIC, String.class);
        String json = received.getMessage().getBody(String.class);
        console.line("  mqtt", topic + " " + Console.abbreviate(json, MOST_CHARACTERS_SHOWN));
        documents++;
        notifyAll();
    }

    /** Waits for the documents that are still under way, but not for ever. */
    synchronized void awaitDocuments() throws InterruptedException {
        long missing = documentsExpected - documents;
        if (missing > 0) {
            console.line("waiting", "for " + missing + " documents over MQTT, " + DOCUMENTS_TIMEOUT.toSeconds() + " s at most");
        }
        long deadline = System.nanoTime() + DOCUMENTS_TIMEOUT.toNanos();
        while (documents < documentsExpected && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
    }

    /** @param problem that kept the source from being read to its end */
    synchronized Summary summarize(Optional<String> problem) {
        Summary summary = new Summary(
                tally.counts(), problem, Duration.ofNanos(endNanos - startNanos), latencies, motions, classifications,
                documentsExpected, documents);
        console.summary(summary.lines());
        return summary;
    }

    private static Stream<String> motions(List<Box> boxes) {
        Stream<String> shown = boxes.stream().limit(MOST_BOXES_SHOWN).map(box -> String.format(
                Locale.ROOT, "motion %.3f,%.3f %.3fx%.3f", box.left(), box.top(), box.width(), box.height()));
        int more = boxes.size() - MOST_BOXES_SHOWN;
        return more > 0 ? Stream.concat(shown, Stream.of("and " + more + " more")) : shown;
    }

    private static Stream<String> classifications(List<Inference> inferences) {
        return inferences.stream().filter(Inference::hasClassification).map(found -> {
            Tag tag = found.getClassification().getTag();
            return String.format(Locale.ROOT, "%s %.2f", tag.getValue(), tag.getConfidence());
        });
    }

    private String judgement(long frame, List<Box> boxes) {
        return judge.objectsOf(frame)
                .map(objects -> "  " + (frame == 1 ? "no frame before it to compare with" : Match.of(objects, boxes)))
                .orElse("");
    }
}
