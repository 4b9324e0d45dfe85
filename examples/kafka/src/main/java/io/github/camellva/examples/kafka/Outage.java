package io.github.camellva.examples.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.common.kafka.KafkaBroker;

/** Stops a broker in the midst of a run, and starts it again some time later. */
final class Outage implements AutoCloseable {

    private final KafkaBroker broker;
    private final Duration duration;
    private final Report report;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "Outage");

    private Outage(KafkaBroker broker, Duration duration, Report report) {
        this.broker = broker;
        this.duration = duration;
        this.report = report;
    }

    /** @param answers when it begins */
    static Outage after(long answers, KafkaBroker broker, Duration duration, Report report) {
        Outage outage = new Outage(broker, duration, report);
        report.onAnswer(answers, outage.begin::countDown);
        outage.thread.start();
        return outage;
    }

    /** The broker is there again. */
    @Override
    public void close() throws InterruptedException {
        end.countDown();
        begin.countDown();
        thread.join();
    }

    private void run() {
        try {
            begin.await();
            if (end.getCount() == 0) {
                return;
            }
            broker.close();
            report.line("outage", "the broker is down for " + duration.toSeconds() + " s");
            end.await(duration.toSeconds(), TimeUnit.SECONDS);
            broker.start();
            report.line("outage", "the broker is back");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
