package io.github.camellva.examples.mqtt;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.proto.Inference;

/** Counts what the extension answered to the cameras. Safe for use by many threads. */
final class Answers implements CameraListener {

    private final Report report;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong withInferences = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Answers(Report report) {
        this.report = report;
    }

    @Override
    public void answered(CameraFrame frame, List<Inference> inferences) {
        answered.incrementAndGet();
        if (!inferences.isEmpty()) {
            withInferences.incrementAndGet();
        }
    }

    @Override
    public void failed(CameraFrame frame, String why) {
        if (failed.getAndIncrement() == 0) {
            report.line("failed", frame.camera() + " frame " + frame.number() + ": " + why);
        }
    }

    long answered() {
        return answered.get();
    }

    /** Those answers have a document that is to arrive. */
    long withInferences() {
        return withInferences.get();
    }

    /** Only the first of them is told. */
    long failed() {
        return failed.get();
    }
}
