package io.github.camellva.examples.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.kafka.KafkaBroker;

/** Stops a broker in the midst of a run, and starts it again some time later. */
final class Outage {

    private final KafkaBroker broker;
    private final Duration duration;
    private final Report report;
    private final CountDownLatch stop;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "Outage");

    /** @param stop ends it early */
    Outage(KafkaBroker broker, Duration duration, Report report, CountDownLatch stop) {
        this.broker = broker;
        this.duration = duration;
        this.report = report;
        this.stop = stop;
    }

    /** Begins when so many frames are answered. */
    void beginAfter(long answers) {
        report.onAnswer(answers, begin::countDown);
        thread.start();
    }

    /** Returns when the broker is there again. */
    void awaitEnd() throws InterruptedException {
        // so few frames may have been answered that it never began
        begin.countDown();
        thread.join();
    }

    private void run() {
        try {
            begin.await();
            broker.stop();
            report.line("outage", "the broker is down for " + duration.toSeconds() + " s");
            stop.await(duration.toSeconds(), TimeUnit.SECONDS);
            broker.restart();
            report.line("outage", "the broker is back");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
