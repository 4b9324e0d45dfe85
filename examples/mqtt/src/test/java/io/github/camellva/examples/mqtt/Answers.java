package io.github.camellva.examples.mqtt;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.proto.Inference;

/** Knows how many documents the answers to the cameras promise. Safe for use by many threads. */
final class Answers implements CameraListener {

    private final Console console;
    private final AtomicLong withInferences = new AtomicLong();
    private final AtomicBoolean failed = new AtomicBoolean();

    Answers(Console console) {
        this.console = console;
    }

    @Override
    public void answered(CameraFrame frame, List<Inference> inferences) {
        if (!inferences.isEmpty()) {
            withInferences.incrementAndGet();
        }
    }

    /** Only the first is told. */
    @Override
    public void failed(CameraFrame frame, String why) {
        if (failed.compareAndSet(false, true)) {
            console.line("failed", frame.camera() + " frame " + frame.number() + ": " + why);
        }
    }

    /** Answers whose document is to arrive. */
    long withInferences() {
        return withInferences.get();
    }
}
