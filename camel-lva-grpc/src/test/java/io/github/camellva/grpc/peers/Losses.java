package io.github.camellva.grpc.peers;

import java.util.Random;

/** Decides which replies of a server are lost on purpose. */
final class Losses {

    private int percent;
    private Random random = new Random();
    private int count;

    synchronized void lose(int percent, long seed) {
        this.percent = percent;
        this.random = new Random(seed);
    }

    /** Whether the next reply is one of them. */
    synchronized boolean next() {
        boolean lost = random.nextInt(100) < percent;
        if (lost) {
            count++;
        }
        return lost;
    }

    synchronized int count() {
        return count;
    }
}
