package io.github.camellva.examples.onnx;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.github.camellva.examples.rig.Box;
import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.FrameOutcome;
import io.github.camellva.examples.rig.Match;
import io.github.camellva.examples.rig.Scene;
import io.github.camellva.examples.rig.Tally;
import io.github.camellva.onnx.ModelReport;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;

/** Tells people what happens, a line for each thing, and keeps count of it. Safe for use by many threads. */
final class Report implements CameraListener {

    private static final int MOST_OBJECTS_SHOWN = 4;

    private final Console console;
    private final Tally tally = new Tally();
    private final Scene scene = new Scene();
    private final AtomicLong objects = new AtomicLong();

    Report(PrintStream out) {
        this.console = new Console(out);
    }

    void line(String about, String text) {
        console.line(about, text);
    }

    /** A frame of the scene, of which it is known where its objects are. */
    @Override
    public void answered(CameraFrame frame, List<Inference> inferences) {
        List<Box> boxes = inferences.stream().map(inference -> Box.of(inference.getEntity().getBox())).toList();
        answered(frame.number(), inferences, "  " + Match.of(scene.objectsAt(frame.number() - 1), boxes));
    }

    void answered(long frame, List<Inference> inferences) {
        answered(frame, inferences, "");
    }

    @Override
    public void failed(CameraFrame frame, String why) {
        failed(frame.number(), why);
    }

    @Override
    public void notProcessed(CameraFrame frame) {
        notProcessed(frame.number());
    }

    void notProcessed(long frame) {
        count(FrameOutcome.NOT_PROCESSED);
        line("problem", "frame " + frame + " was acknowledged, but not processed");
    }

    void failed(long frame, String why) {
        count(FrameOutcome.FAILED);
        line("problem", "frame " + frame + " has no answer: " + why);
    }

    void times(ModelReport model) {
        if (model.frames() > 0) {
            line(model.name(), String.format(
                    Locale.ROOT, "%d frames, in the median %d µs to draw, %d µs to run, %d µs to read", model.frames(),
                    model.drawMicros(), model.runMicros(), model.readMicros()));
        }
    }

    Summary summarize() {
        FrameCounts counts = tally.counts();
        if (counts.notProcessed() + counts.failed() > 0) {
            console.out().printf("%d frames were not processed, %d failed%n", counts.notProcessed(), counts.failed());
        }
        if (counts.sent() > 0) {
            console.out().printf("answered %d of %d frames, %d objects%n", counts.answered(), counts.sent(), objects.get());
        }
        console.out().flush();
        return new Summary(counts, objects.get());
    }

    private void answered(long frame, List<Inference> inferences, String judgement) {
        count(FrameOutcome.ANSWERED);
        objects.addAndGet(inferences.size());
        line(String.format("frame %4d", frame), describe(inferences) + judgement);
    }

    private void count(FrameOutcome outcome) {
        tally.sent();
        tally.count(outcome);
    }

    private static String describe(List<Inference> inferences) {
        if (inferences.isEmpty()) {
            return "nothing";
        }
        String shown = inferences.stream().limit(MOST_OBJECTS_SHOWN).map(Inference::getEntity).map(Report::describe)
                .collect(Collectors.joining("  "));
        int more = inferences.size() - MOST_OBJECTS_SHOWN;
        return more > 0 ? shown + "  and " + more + " more" : shown;
    }

    private static String describe(Entity entity) {
        Box box = Box.of(entity.getBox());
        return String.format(Locale.ROOT, "%s %.2f %.3f,%.3f %.3fx%.3f", entity.getTag().getValue(),
                entity.getTag().getConfidence(), box.left(), box.top(), box.width(), box.height());
    }
}
