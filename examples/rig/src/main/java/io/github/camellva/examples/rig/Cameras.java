package io.github.camellva.examples.rig;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.camellva.proto.Inference;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * Several cameras that look at the built-in scene, each at another moment of it. Each has a session of its own with the
 * extension, as video pipelines have.
 */
public final class Cameras {

    /** Of one camera. */
    public static final int MOST_IN_FLIGHT = 4;

    private static final int FRAMES_BETWEEN_CAMERAS = 37;

    private final CamelContext context;
    private final List<String> names;
    private final CameraListener listener;
    private final CountDownLatch stop;
    private final Tally tally = new Tally();

    /** @param stop once it is counted down no more frames are sent */
    public Cameras(CamelContext context, int cameras, CameraListener listener, CountDownLatch stop) {
        this(context, IntStream.rangeClosed(1, cameras).mapToObj(number -> "camera-" + number).toList(), listener, stop);
    }

    /**
     * @param names of the cameras, when others have the usual ones
     * @param stop  once it is counted down no more frames are sent
     */
    public Cameras(CamelContext context, List<String> names, CameraListener listener, CountDownLatch stop) {
        this.context = context;
        this.names = List.copyOf(names);
        this.listener = listener;
        this.stop = stop;
    }

    /** {@code camera-1}, {@code camera-2}, and so on, unless others were given. */
    public List<String> names() {
        return names;
    }

    /** Of all cameras, so far. */
    public FrameCounts counts() {
        return tally.counts();
    }

    /** Frames of all cameras, so far. */
    public long sent() {
        return counts().sent();
    }

    /** Frames of all cameras that came while too many waited for their answer. */
    public long leftOut() {
        return counts().leftOut();
    }

    /**
     * Returns when every frame is answered, or will not be.
     *
     * @param uri    of the extension, with any options of the producer: {@code lvagrpc:127.0.0.1:5001?encoding=JPG}
     * @param frames of each camera
     */
    public void run(String uri, long frames, Pace pace) throws Exception {
        ExecutorService threads = context.getExecutorServiceManager().newFixedThreadPool(this, "Camera", names.size());
        try (AsyncProducer extension = context.getEndpoint(uri).createAsyncProducer()) {
            extension.start();
            List<Future<?>> running = IntStream.range(0, names.size())
                    .<Future<?>>mapToObj(index -> threads.submit(() -> {
                        runCamera(extension, index, frames, pace);
                        return null;
                    }))
                    .toList();
            for (Future<?> camera : running) {
                camera.get();
            }
        } finally {
            context.getExecutorServiceManager().shutdownNow(threads);
        }
    }

    private void runCamera(AsyncProducer extension, int index, long frames, Pace pace) throws Exception {
        try (Source scene = new SceneSource(names.get(index), (long) index * FRAMES_BETWEEN_CAMERAS, frames)) {
            Sender sender = new Sender(scene, pace, MOST_IN_FLIGHT, tally, (frame, latency, answer) -> tell(frame, answer));
            sender.send(extension, Long.MAX_VALUE, stop);
            sender.awaitAnswers();
        }
    }

    @SuppressWarnings("unchecked")
    private void tell(CameraFrame frame, Exchange answer) {
        switch (FrameOutcome.of(answer)) {
            case ANSWERED -> {
                List<Inference> inferences = answer.getMessage().getBody(List.class);
                listener.answered(frame, inferences);
            }
            case NOT_PROCESSED -> listener.notProcessed(frame);
            case FAILED -> listener.failed(frame, answer.getException().getMessage());
        }
    }
}
