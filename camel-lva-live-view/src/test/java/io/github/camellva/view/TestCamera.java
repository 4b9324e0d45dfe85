package io.github.camellva.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureCodec;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends pictures at a steady pace. A frame that fails is one that was not sent. */
final class TestCamera implements AutoCloseable {

    static final int WIDTH = 640;
    static final int HEIGHT = 360;

    private static final Logger LOG = LoggerFactory.getLogger(TestCamera.class);

    /** Of all frames of all cameras, microseconds from sending one to its answer. */
    static final Queue<Long> LATENCIES = new ConcurrentLinkedQueue<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong sent = new AtomicLong();
    private final ProducerTemplate template;

    /** The body of a frame. */
    @FunctionalInterface
    interface Pictures {
        Object picture(long index);
    }

    TestCamera(CamelContext context, Supplier<String> uri, Map<String, Object> headers, int framesPerSecond, Pictures pictures) {
        template = context.createProducerTemplate();
        timer.scheduleAtFixedRate(() -> {
            try {
                Object picture = pictures.picture(sent.getAndIncrement());
                long begun = System.nanoTime();
                template.requestBodyAndHeaders(uri.get(), picture, headers);
                LATENCIES.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun));
            } catch (CamelExecutionException e) {
                LOG.info("A camera could not send a frame: {}", e.getCause().toString());
            } catch (RuntimeException e) {
                LOG.info("A camera has no frame: {}", e.getMessage());
            }
        }, 0, TimeUnit.SECONDS.toNanos(1) / framesPerSecond, TimeUnit.NANOSECONDS);
    }

    long sent() {
        return sent.get();
    }

    /** A grey picture. */
    static BufferedImage plain(long index) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(90, 100, 110));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.dispose();
        return picture;
    }

    private static final ByteBuffer JPG = encodeJpg();

    static ByteBuffer jpg() {
        return JPG.duplicate();
    }

    /** A camera that stops after its first frame, and keeps its session. */
    static ByteBuffer onlyOne(long index) {
        if (index > 0) {
            throw new IllegalStateException("there is only one");
        }
        return jpg();
    }

    private static ByteBuffer encodeJpg() {
        try {
            return PictureCodec.encodeJpg(plain(0), 80);
        } catch (FrameException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        template.stop();
    }
}
