package io.github.camellva.examples.benchmark.video;

import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.video.LvaVideoConsumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Routes from sources, which do nothing but count frames and see how old they are. */
final class VideoRoute implements AutoCloseable {

    private static final int TICKS_PER_MILLI = 90;
    private static final int OLDEST_MILLIS = 60_000;

    private final CamelContext context = new DefaultCamelContext();
    private final AtomicLong frames = new AtomicLong();
    private final Histogram ages = new ConcurrentHistogram(OLDEST_MILLIS, 3);
    private int routes;

    VideoRoute add(String uri) throws Exception {
        String id = "source" + routes++;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(id).process(VideoRoute.this::look);
            }
        });
        return this;
    }

    VideoRoute start() {
        context.start();
        return this;
    }

    long frames() {
        return frames.get();
    }

    Histogram ages() {
        return ages;
    }

    long skipped() {
        return context.getRoutes().stream().mapToLong(route -> ((LvaVideoConsumer) route.getConsumer()).getFramesSkipped()).sum();
    }

    void awaitFrames(long count) throws InterruptedException {
        synchronized (frames) {
            while (frames.get() < count) {
                frames.wait();
            }
        }
    }

    @Override
    public void close() throws Exception {
        context.close();
    }

    private void look(Exchange exchange) {
        long taken = exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP, Long.class) / TICKS_PER_MILLI;
        ages.recordValue(Math.min(OLDEST_MILLIS, Math.max(0, System.currentTimeMillis() - taken)));
        frames.incrementAndGet();
        synchronized (frames) {
            frames.notifyAll();
        }
    }
}
