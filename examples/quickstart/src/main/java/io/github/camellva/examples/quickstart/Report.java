package io.github.camellva.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.Box;
import io.github.camellva.examples.rig.Match;
import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Inference;

/** Tells people what happens, a line for each thing, and keeps count of it. Safe for use by many threads. */
final class Report {

    private static final int MOST_BOXES_SHOWN = 4;
    private static final int MOST_CHARACTERS_SHOWN = 110;

    private final PrintStream out;
    private final Statistics statistics = new Statistics();

    Report(PrintStream out) {
        this.out = out;
    }

    void line(String about, String text) {
        out.printf("%-10s %s%n", about, text);
    }

    void sent() {
        statistics.sent();
    }

    void answered(SourceFrame frame, Duration latency, List<Inference> inferences) {
        statistics.answered(latency, inferences);
        String found = Stream.concat(motions(inferences), classifications(inferences)).collect(Collectors.joining("  "));
        line(String.format("frame %4d", frame.number()),
                String.format(Locale.ROOT, "%6.1f ms  %s%s", latency.toNanos() / 1e6, found, judgement(frame, inferences)));
    }

    void unanswered(SourceFrame frame, String why) {
        problem("frame " + frame.number() + " has no answer: " + why);
    }

    void problem(String what) {
        statistics.problem(what);
        line("problem", what);
    }

    void document(String topic, String json) {
        String shown = json.length() <= MOST_CHARACTERS_SHOWN
                ? json
                : json.substring(0, MOST_CHARACTERS_SHOWN) + "... " + json.length() + " characters";
        line("  mqtt", topic + " " + shown);
        statistics.document();
    }

    void stopping() {
        line("stopping", "waiting for answers, " + statistics.inFlight() + " frames are in flight");
    }

    /** Waits for documents that are still under way. */
    void awaitDocuments(Duration atMost) throws InterruptedException {
        long missing = statistics.documentsMissing();
        if (missing > 0) {
            line("waiting", "for " + missing + " documents over MQTT, " + atMost.toSeconds() + " s at most");
            statistics.awaitDocuments(atMost);
        }
    }

    Summary summarize() {
        Summary summary = statistics.summary();
        out.println();
        summary.lines().forEach(out::println);
        out.flush();
        return summary;
    }

    private static Stream<String> motions(List<Inference> inferences) {
        List<Box> boxes = boxes(inferences);
        Stream<String> shown = boxes.stream().limit(MOST_BOXES_SHOWN).map(box -> String.format(
                Locale.ROOT, "motion %.3f,%.3f %.3fx%.3f", box.left(), box.top(), box.width(), box.height()));
        int more = boxes.size() - MOST_BOXES_SHOWN;
        return more > 0 ? Stream.concat(shown, Stream.of("and " + more + " more")) : shown;
    }

    private static Stream<String> classifications(List<Inference> inferences) {
        return inferences.stream().filter(Inference::hasClassification)
                .map(Inference::getClassification).map(Classification::getTag)
                .map(tag -> String.format(Locale.ROOT, "%s %.2f", tag.getValue(), tag.getConfidence()));
    }

    private static String judgement(SourceFrame frame, List<Inference> inferences) {
        if (frame.objects().isEmpty()) {
            return "";
        }
        return "  " + (frame.number() == 1
                ? "no frame before it to compare with"
                : Match.of(frame.objects(), boxes(inferences)));
    }

    private static List<Box> boxes(List<Inference> inferences) {
        return inferences.stream().filter(Inference::hasMotion)
                .map(inference -> Box.of(inference.getMotion().getBox()))
                .toList();
    }
}
