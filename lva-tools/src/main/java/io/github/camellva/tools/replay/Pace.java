package io.github.camellva.tools.replay;

import java.util.concurrent.TimeUnit;

/** When recorded messages are sent again. */
interface Pace {

    /** Waits until it is time. */
    void awaitTurn(long recordedNanos) throws InterruptedException;

    /** As fast as the extension answers. */
    static Pace fast() {
        return recordedNanos -> { };
    }

    /** With the pauses of the recording. */
    static Pace recorded() {
        return new Pace() {

            private long firstRecorded;
            private long firstSent;

            @Override
            public void awaitTurn(long recordedNanos) throws InterruptedException {
                if (firstRecorded == 0) {
                    firstRecorded = recordedNanos;
                    firstSent = System.nanoTime();
                }
                long early = recordedNanos - firstRecorded - (System.nanoTime() - firstSent);
                if (early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
            }
        };
    }
}
