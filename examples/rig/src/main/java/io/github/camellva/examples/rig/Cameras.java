package io.github.camellva.examples.rig;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Inference;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/**
 * Several cameras that look at the built-in scene, each at another moment of it. Each has a session of its own with the
 * extension that it sends to, as video pipelines have.
 */
public final class Cameras {

    /** Of one camera. */
    public static final int MOST_IN_FLIGHT = 4;

    private static final int TICKS_PER_SECOND = 90_000;
    private static final int FRAMES_BETWEEN_CAMERAS = 37;

    private final CamelContext context;
    private final List<String> names;
    private final CameraListener listener;
    private final CountDownLatch stop;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();

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
    public long sent() {
        return sent.get();
    }

    /** Frames of all cameras that came while too many waited for their answer. */
    public long leftOut() {
        return leftOut.get();
    }

    /**
     * Returns when every frame is answered, or will not be.
     *
     * @param uri    of the extension, with options of the producer as they are wanted: {@code lvagrpc:127.0.0.1:5001?encoding=JPG}
     * @param frames of each camera
     */
    public void run(String uri, long frames, Pace pace) throws Exception {
        ExecutorService threads = context.getExecutorServiceManager().newFixedThreadPool(this, "Camera", names.size());
        try (AsyncProducer extension = context.getEndpoint(uri).createAsyncProducer()) {
            extension.start();
            List<Future<?>> running = IntStream.range(0, names.size())
                    .<Future<?>>mapToObj(index -> threads.submit(() -> {
                        new Camera(extension, names.get(index), index * FRAMES_BETWEEN_CAMERAS).run(frames, pace);
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

    private final class Camera {

        private final AsyncProducer extension;
        private final String name;
        private final long firstIndex;
        private final Scene scene = new Scene();
        private final Semaphore room = new Semaphore(MOST_IN_FLIGHT);

        Camera(AsyncProducer extension, String name, long firstIndex) {
            this.extension = extension;
            this.name = name;
            this.firstIndex = firstIndex;
        }

        void run(long frames, Pace pace) throws InterruptedException {
            Instant start = Instant.now();
            for (long index = 0; index < frames && !isStoppedBefore(start.plus(position(index)), pace); index++) {
                if (hasRoom(pace)) {
                    send(new CameraFrame(name, index + 1, ticks(start.plus(position(index)))));
                } else {
                    leftOut.incrementAndGet();
                }
            }
            room.acquire(MOST_IN_FLIGHT);
        }

        private boolean hasRoom(Pace pace) throws InterruptedException {
            if (pace == Pace.REALTIME) {
                return room.tryAcquire();
            }
            room.acquire();
            return true;
        }

        @SuppressWarnings("unchecked")
        private void send(CameraFrame frame) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(ByteBuffer.wrap(scene.render(firstIndex + frame.number() - 1)));
            exchange.getMessage().setHeader(LvaGrpcConstants.TIMESTAMP, frame.timestamp());
            exchange.getMessage().setHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, name);
            exchange.getMessage().setHeader(LvaGrpcConstants.GRAPH_NODE_NAME, "extension");
            exchange.getMessage().setHeader(LvaGrpcConstants.ENCODING, "RAW");
            exchange.getMessage().setHeader(LvaGrpcConstants.PIXEL_FORMAT, "BGR24");
            exchange.getMessage().setHeader(LvaGrpcConstants.WIDTH, Scene.WIDTH);
            exchange.getMessage().setHeader(LvaGrpcConstants.HEIGHT, Scene.HEIGHT);
            sent.incrementAndGet();
            extension.process(exchange, doneSync -> {
                if (exchange.getException() == null) {
                    List<Inference> inferences = exchange.getMessage().getBody(List.class);
                    listener.answered(frame, inferences);
                } else {
                    listener.failed(frame, exchange.getException().getMessage());
                }
                room.release();
            });
        }

        /** Waits until a frame is due; true when it is not to be sent any more. */
        private boolean isStoppedBefore(Instant due, Pace pace) throws InterruptedException {
            long wait = pace == Pace.REALTIME ? Duration.between(Instant.now(), due).toNanos() : 0;
            return stop.await(wait, TimeUnit.NANOSECONDS);
        }
    }

    private static Duration position(long index) {
        return Duration.ofNanos(index * 1_000_000_000L / Scene.FRAMES_PER_SECOND);
    }

    private static long ticks(Instant time) {
        return time.getEpochSecond() * TICKS_PER_SECOND + time.getNano() * (long) TICKS_PER_SECOND / 1_000_000_000;
    }
}
