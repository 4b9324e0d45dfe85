package io.github.camellva.examples.springboot;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.proto.Inference;

/** Tells people what happens, a line for each thing, and keeps count of it. Safe for use by many threads. */
final class Report implements CameraListener {

    private static final int MOST_PROBLEMS = 10;

    private final PrintStream out;
    private final Set<String> camerasAnswered = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private long answered;

    Report(PrintStream out) {
        this.out = out;
    }

    void line(String about, Object text) {
        out.printf("%-10s %s%n", about, text);
    }

    @Override
    public synchronized void answered(CameraFrame frame, List<Inference> inferences) {
        answered++;
        if (camerasAnswered.add(frame.camera())) {
            line("answer", frame.camera() + " frame " + frame.number() + ": " + inferences.size() + " inferences");
            notifyAll();
        }
    }

    @Override
    public synchronized void failed(CameraFrame frame, String why) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add("frame " + frame.number() + " of " + frame.camera() + " has no answer: " + why);
            line("problem", problems.get(problems.size() - 1));
        }
    }

    synchronized void progress(long sent) {
        line("progress", answered + " of " + sent + " frames answered");
    }

    /** Waits until so many cameras have had an answer. */
    synchronized void awaitCameras(int cameras, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (camerasAnswered.size() < cameras && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    Summary summarize(long sent, long leftOut, RouteHealth health, List<Metric> metrics) {
        long counted = (long) metrics.stream().filter(metric -> metric.isFrames() && metric.hasLabel("outcome", "answered"))
                .mapToDouble(Metric::value).sum();
        Summary summary;
        synchronized (this) {
            summary = new Summary(sent, leftOut, answered, counted, health, problems);
        }
        out.println();
        summary.lines().forEach(out::println);
        out.flush();
        return summary;
    }
}
