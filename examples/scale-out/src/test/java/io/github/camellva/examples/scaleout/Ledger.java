package io.github.camellva.examples.scaleout;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.proto.Inference;

/** What was sent and answered, as the cameras have it, beside what is in Kafka. Safe for use by many threads. */
final class Ledger implements CameraListener {

    private final Console console;
    private final AnswerMode mode;
    private final Map<String, CameraLedger> cameras = new TreeMap<>();
    /** From Kafka. */
    private long lastNewsNanos;

    Ledger(Console console, AnswerMode mode) {
        this.console = console;
        this.mode = mode;
    }

    @Override
    public synchronized void answered(CameraFrame frame, List<Inference> inferences) {
        of(frame.camera()).acknowledged(frame.timestamp());
    }

    @Override
    public synchronized void notProcessed(CameraFrame frame) {
        if (mode == AnswerMode.AT_ONCE) {
            // not yet
            of(frame.camera()).acknowledged(frame.timestamp());
            return;
        }
        of(frame.camera()).notProcessed();
        console.line("failed", frame.camera() + ", frame " + frame.number() + ": it was not processed");
    }

    @Override
    public synchronized void failed(CameraFrame frame, String why) {
        of(frame.camera()).failed();
        console.line("failed", frame.camera() + ", frame " + frame.number() + ": " + why);
    }

    /** @param millis when Kafka stored it */
    synchronized void result(String camera, long timestamp, String worker, long millis) {
        CameraLedger ledger = of(camera);
        String before = ledger.worker();
        Duration gap = ledger.result(timestamp, worker, millis);
        if (before != null && !before.equals(worker)) {
            console.line("moved", String.format(
                    Locale.ROOT, "%s from %s to %s, after %.1f s without a result",
                    camera, before, worker, gap.toMillis() / 1e3));
        }
        lastNewsNanos = System.nanoTime();
        notifyAll();
    }

    synchronized void rejected(String camera, long timestamp) {
        of(camera).rejected(timestamp);
        lastNewsNanos = System.nanoTime();
        notifyAll();
    }

    /** Whether every one of so many cameras has so many results. */
    synchronized boolean isUnderWay(int howManyCameras, long results) {
        return cameras.values().stream().filter(camera -> camera.results() >= results).count() >= howManyCameras;
    }

    /** The worker that looks at most cameras now. */
    synchronized WorkerLoad busiestWorker() {
        return cameras.entrySet().stream()
                .filter(camera -> camera.getValue().worker() != null)
                .collect(Collectors.groupingBy(camera -> camera.getValue().worker(), TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                .entrySet().stream()
                .map(load -> new WorkerLoad(load.getKey(), load.getValue()))
                .max(Comparator.comparingInt(load -> load.cameras().size()))
                .orElseThrow();
    }

    /** Waits until every acknowledged frame has a result, as long as some come. */
    synchronized void awaitResults(Duration mostSilence) throws InterruptedException {
        lastNewsNanos = System.nanoTime();
        long leftMillis = mostSilence.toMillis();
        while (withoutResult() > 0 && leftMillis > 0) {
            wait(leftMillis);
            leftMillis = mostSilence.minusNanos(System.nanoTime() - lastNewsNanos).toMillis();
        }
    }

    synchronized long withoutResult() {
        return cameras.values().stream().mapToLong(CameraLedger::withoutResult).sum();
    }

    synchronized String progress() {
        Summary summary = summary();
        return summary.sent() + " frames acknowledged, " + summary.results() + " results in Kafka";
    }

    synchronized Summary summary() {
        return new Summary(cameras.values().stream().map(CameraLedger::summary).toList());
    }

    private CameraLedger of(String camera) {
        return cameras.computeIfAbsent(camera, CameraLedger::new);
    }
}
