package io.github.camellva.grpc.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;

/**
 * How both parties of a scenario are set up, and how bad its day is. Times in microseconds; a chance is one in so many.
 *
 * @param memoryAccess null for embedded frames
 */
record Chances(
        int cameras, int nodeMaxInFlight, int nodeMaxSessions, boolean blockWhenFull, Duration responseTimeout,
        Duration idleTimeout, SharedMemoryAccess memoryAccess, int memorySlots, int frameEvery,
        int maxInFlight, Overflow overflow, AnswerOrder order, OnFailure onFailure, boolean thrifty, int workers,
        int network, int routeTakes, int routeFails, int routeHangs, int rejects, int answerLost, int memoryFails, int meddles) {

    static final int FRAME_WIDTH = 4;
    static final int FRAME_HEIGHT = 2;
    static final int FRAME_BYTES = FRAME_WIDTH * FRAME_HEIGHT * 3;
    private static final int NEVER = Integer.MAX_VALUE;

    static Chances of(SplittableRandom random) {
        boolean calm = random.nextInt(3) == 0;
        SharedMemoryAccess[] accesses = { null, SharedMemoryAccess.COPY, SharedMemoryAccess.MAP };
        int nodeMaxInFlight = 2 + random.nextInt(4);
        return new Chances(
                1 + random.nextInt(3), nodeMaxInFlight, 1 + random.nextInt(3), random.nextBoolean(),
                Duration.ofMillis(5 + random.nextInt(60)), Duration.ofMillis(1 + random.nextInt(50)),
                accesses[random.nextInt(accesses.length)], Math.max(1, nodeMaxInFlight - random.nextInt(2)),
                200 + random.nextInt(3000),
                1 + random.nextInt(4), random.nextInt(3) == 0 ? Overflow.SKIP : Overflow.BLOCK,
                random.nextBoolean() ? AnswerOrder.REQUEST : AnswerOrder.COMPLETION,
                random.nextInt(4) == 0 ? OnFailure.CLOSE : OnFailure.ACK, random.nextBoolean(), 1 + random.nextInt(4),
                50 + random.nextInt(3000), 100 + random.nextInt(8000),
                calm ? NEVER : 5 + random.nextInt(30), calm ? NEVER : 60 + random.nextInt(200),
                calm ? NEVER : 20 + random.nextInt(200), calm ? NEVER : 10 + random.nextInt(200),
                calm ? NEVER : 50 + random.nextInt(200), calm ? 40 : 10 + random.nextInt(60));
    }
}
