package io.github.camellva.examples.scaleout;

import java.util.Locale;

/**
 * What so many cameras need, on paper: of what one frame costs, as it was measured with this example, and some rules of thumb.
 *
 * @param cameras each of which sends {@value #FRAMES_PER_SECOND} frames per second
 */
record Capacity(int cameras) {

    static final int FRAMES_PER_SECOND = 5;
    /** A frame of the built-in scene, 640 x 360, in quality 90, with key and headers. */
    static final int FRAME_BYTES = 16_900;
    /** A result with its headers; an answer is as large. */
    static final int RESULT_BYTES = 820;
    static final int REPLICATION = 3;

    /** Of a core: gRPC in, Kafka out, and the answer back. */
    static final double GATEWAY_MILLIS = 2;
    /** Of a core: decode, detect, and Kafka in and out. */
    static final double WORKER_MILLIS = 4;

    /** So that others can take over what one that dies leaves behind, and catch up. */
    private static final double LOAD = 0.5;
    private static final int CORES_OF_GATEWAY = 4;
    private static final int SESSIONS_OF_GATEWAY = 500;
    /** That one broker stores, all copies counted. */
    private static final double MEGABYTES_OF_BROKER = 150;
    private static final int FEWEST_PARTITIONS = 12;

    int framesPerSecond() {
        return cameras * FRAMES_PER_SECOND;
    }

    /** MB/s from gateways; as much goes out to workers. */
    double framesIn() {
        return framesPerSecond() * FRAME_BYTES / 1e6;
    }

    /** MB/s from workers, results and answers; as much goes out to gateways and to one who reads results. */
    double resultsIn() {
        return framesPerSecond() * 2.0 * RESULT_BYTES / 1e6;
    }

    /** MB/s on the disks of all brokers together. */
    double stored() {
        return (framesIn() + resultsIn()) * REPLICATION;
    }

    int brokers() {
        return Math.max(REPLICATION, (int) Math.ceil(stored() / MEGABYTES_OF_BROKER));
    }

    /** And one more, since at least one must be left when one dies. */
    int gateways() {
        double forFrames = cores(GATEWAY_MILLIS) / CORES_OF_GATEWAY;
        double forSessions = (double) cameras / SESSIONS_OF_GATEWAY;
        return 1 + (int) Math.ceil(Math.max(forFrames, forSessions));
    }

    /** Each on a core of its own. */
    int workerThreads() {
        return Math.max(2, (int) Math.ceil(cores(WORKER_MILLIS)));
    }

    /** Three for every thread of a worker, so that they can be shared out evenly, and there may be more workers one day. */
    int partitions() {
        return Math.max(FEWEST_PARTITIONS, 3 * workerThreads());
    }

    private double cores(double millisOfFrame) {
        return framesPerSecond() * millisOfFrame / 1000 / LOAD;
    }

    /** Of the README's table. */
    String row() {
        return String.format(Locale.ROOT, "| %,d | %,d | %,.1f | %,.1f | %,.1f | %d | %d | %,d | %,d |",
                cameras, framesPerSecond(), framesIn(), resultsIn(), stored(), brokers(), gateways(), workerThreads(),
                partitions());
    }
}
