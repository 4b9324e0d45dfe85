package io.github.camellva.examples.springboot;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.proto.Inference;

/** Tells people of the first answer to each camera, and of the first frames without one. Safe for use by many threads. */
final class FirstAnswers implements CameraListener {

    private static final int MOST_PROBLEMS = 10;

    private final Console console;
    private final Set<String> camerasAnswered = new HashSet<>();
    private int problems;

    FirstAnswers(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void answered(CameraFrame frame, List<Inference> inferences) {
        if (camerasAnswered.add(frame.camera())) {
            console.line("answer", frame.camera() + " frame " + frame.number() + ": " + inferences.size() + " inferences");
            notifyAll();
        }
    }

    @Override
    public synchronized void failed(CameraFrame frame, String why) {
        if (problems++ < MOST_PROBLEMS) {
            console.line("problem", "frame " + frame.number() + " of " + frame.camera() + " has no answer: " + why);
        }
    }

    /** Waits until so many cameras have had an answer. */
    synchronized void awaitCameras(int cameras, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (camerasAnswered.size() < cameras && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
    }
}
