package io.github.camellva.examples.rig.load;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.FrameOutcome;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.Sender;
import io.github.camellva.examples.rig.Tally;
import io.github.camellva.proto.Inference;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;

/** A node in a process of its own: cameras that come, send their frames, and go, until it is told to end. */
public final class NodeProcess {

    private final CamelContext context = new DefaultCamelContext();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicLong cameras = new AtomicLong();
    private final Repeats repeats = new Repeats();
    private final AtomicLong wrong = new AtomicLong();
    /** Answers that there was no memory for to compare them with what was expected. */
    private final AtomicLong unchecked = new AtomicLong();
    private final List<Lane> lanes;

    /**
     * @param uris           where frames are sent, of each camera that there is at a time
     * @param framesOfCamera after so many it goes
     */
    private NodeProcess(List<String> uris, int framesPerSecond, long framesOfCamera) {
        lanes = uris.stream().map(uri -> new Lane(uri, framesPerSecond, framesOfCamera)).toList();
    }

    /** @param args frames per second of a camera, frames until it goes, and for each camera at a time where it sends them */
    public static void main(String[] args) throws Exception {
        ComponentClasses.load();
        List<String> uris = Arrays.asList(args).subList(2, args.length);
        new NodeProcess(uris, Integer.parseInt(args[0]), Long.parseLong(args[1])).run();
    }

    private void run() throws Exception {
        context.start();
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        lanes.forEach(threads::execute);
        Reporter.reportUntilTold(this::figures, stop);
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.MINUTES);
        context.stop();
        Reporter.print(figures());
        System.exit(0);
    }

    private Figures figures() {
        List<FrameCounts> counts = lanes.stream().map(lane -> lane.tally.counts()).toList();
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("cameras", cameras.get());
        figures.put("sent", sum(counts, FrameCounts::sent));
        figures.put("leftOut", sum(counts, FrameCounts::leftOut));
        figures.put("answered", sum(counts, FrameCounts::answered));
        figures.put("notProcessed", sum(counts, FrameCounts::notProcessed));
        figures.put("failed", sum(counts, FrameCounts::failed));
        figures.put("unanswered", sum(counts, FrameCounts::inFlight));
        figures.put("wrong", wrong.get());
        figures.put("unchecked", unchecked.get());
        figures.put("repeated", repeats.count());
        for (int lane = 0; lane < counts.size(); lane++) {
            figures.put("answered." + lane, counts.get(lane).answered());
        }
        JvmFigures.addTo(figures);
        return new Figures(figures);
    }

    private static long sum(List<FrameCounts> counts, ToLongFunction<FrameCounts> figure) {
        return counts.stream().mapToLong(figure).sum();
    }

    /** Cameras one after the other. */
    private final class Lane implements Runnable {

        private static final int MOST_IN_FLIGHT = 4;
        /** After a camera that could not be opened. */
        private static final long PAUSE_NANOS = 100_000_000;

        private final String uri;
        private final int framesPerSecond;
        private final long framesOfCamera;
        private final Tally tally = new Tally();

        Lane(String uri, int framesPerSecond, long framesOfCamera) {
            this.uri = uri + "&encoding=RAW&pixelFormat=RGB24&width=" + CheckedFrames.WIDTH + "&height=" + CheckedFrames.HEIGHT;
            this.framesPerSecond = framesPerSecond;
            this.framesOfCamera = framesOfCamera;
        }

        @Override
        public void run() {
            try {
                do {
                    endure();
                } while (!stop.await(0, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void endure() throws InterruptedException {
            try {
                runCamera();
            } catch (OutOfMemoryError e) {
                // saying so would take memory
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private void runCamera() throws InterruptedException {
            try (NumberedSource camera = new NumberedSource(cameras.incrementAndGet(), framesPerSecond)) {
                send(camera);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                System.out.println("a camera ended: " + e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private void send(NumberedSource camera) throws Exception {
            // the sender says which camera it is in a header: Camel remembers endpoints, also those that were removed
            try (AsyncProducer extension = context.getEndpoint(uri).createAsyncProducer()) {
                extension.start();
                Sender sender = new Sender(camera, Pace.REALTIME, MOST_IN_FLIGHT, tally,
                        (frame, latency, answer) -> check(camera.number(frame), answer));
                sender.send(extension, framesOfCamera, stop);
                sender.awaitAnswers();
            }
        }

        private void check(long number, Exchange answer) {
            repeats.add(number);
            FrameOutcome outcome = FrameOutcome.of(answer);
            if (outcome == FrameOutcome.FAILED) {
                System.out.println("failed: " + answer.getException().getMessage());
            } else if (outcome == FrameOutcome.ANSWERED) {
                compare(answer, number);
            }
        }

        private void compare(Exchange answer, long number) {
            try {
                if (!CheckedFrames.isAnswer(inferences(answer), number)) {
                    wrong.incrementAndGet();
                    System.out.println("wrong: " + answer.getMessage().getBody());
                }
            } catch (OutOfMemoryError e) {
                unchecked.incrementAndGet();
            }
        }

        @SuppressWarnings("unchecked")
        private static List<Inference> inferences(Exchange answer) {
            return answer.getMessage().getBody(List.class);
        }
    }
}
