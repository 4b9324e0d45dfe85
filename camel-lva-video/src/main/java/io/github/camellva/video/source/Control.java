package io.github.camellva.video.source;

import java.time.Duration;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/** What is wanted of a source. Anybody says so; the thread that plays it obeys. */
final class Control {

    private final SourceTime time;
    @GuardedBy("this")
    private Wish wish = Wish.RUN;

    private enum Wish {
        RUN,
        SUSPEND,
        STOP
    }

    Control(SourceTime time) {
        this.time = time;
    }

    synchronized void resume() {
        change(Wish.RUN);
    }

    synchronized void suspend() {
        change(Wish.SUSPEND);
    }

    synchronized void stop() {
        change(Wish.STOP);
    }

    synchronized boolean isRunning() {
        return wish == Wish.RUN;
    }

    synchronized boolean isStopped() {
        return wish == Wish.STOP;
    }

    /** Waits as long as the source is suspended; false when it is to stop. */
    synchronized boolean awaitRunning() throws InterruptedException {
        while (wish == Wish.SUSPEND) {
            time.await(this, Long.MAX_VALUE);
        }
        return wish == Wish.RUN;
    }

    /** Waits so long, unless the source is suspended or stopped. */
    synchronized void sleep(Duration duration) throws InterruptedException {
        long end = time.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0 && wish == Wish.RUN; left = end - time.nanoTime()) {
            time.await(this, left);
        }
    }

    private void change(Wish next) {
        if (wish != Wish.STOP) {
            wish = next;
        }
        notifyAll();
    }
}
