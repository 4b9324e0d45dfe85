package io.github.camellva.examples.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.client.NodeConnection;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;

/** Sends the frames of a source in one session, as a video pipeline does, and reports the answers. */
final class Node {

    static final int MOST_IN_FLIGHT = 4;

    private static final int TICKS_PER_SECOND = 90_000;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final FrameSource source;
    private final long mostFrames;
    private final Pace pace;
    private final Report report;
    private final CountDownLatch stop;

    /** @param stop once it is counted down no more frames are sent */
    Node(FrameSource source, long mostFrames, Pace pace, Report report, CountDownLatch stop) {
        this.source = source;
        this.mostFrames = mostFrames;
        this.pace = pace;
        this.report = report;
        this.stop = stop;
    }

    /**
     * Returns when the session has ended.
     *
     * @param memory frames go through it; null to embed them in messages
     */
    void run(NodeConnection connection, SharedMemorySender memory) throws Exception {
        NodeSession session = connection.open(descriptor(), memory, MOST_IN_FLIGHT, ANSWER_TIMEOUT);
        // the first frame shall not wait for the connection: that is no latency of the extension
        session.opened().handle((extension, failure) -> extension).get(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        sendFrames(session);
        if (stop.getCount() == 0) {
            report.stopping();
        }
        finish(session);
    }

    private void sendFrames(NodeSession session) throws InterruptedException {
        Instant start = Instant.now();
        for (long sent = 0; sent < mostFrames; sent++) {
            Optional<SourceFrame> frame = nextFrame(sent + 1);
            if (frame.isEmpty() || isStoppedBefore(start.plus(frame.get().position()))) {
                return;
            }
            if (!session.awaitRoom(ANSWER_TIMEOUT.plusSeconds(1))) {
                report.problem("the session ended before frame " + frame.get().number() + " was sent");
                return;
            }
            send(session, frame.get(), start);
        }
    }

    private Optional<SourceFrame> nextFrame(long number) {
        try {
            return source.next();
        } catch (IOException e) {
            report.problem("frame " + number + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void send(NodeSession session, SourceFrame frame, Instant start) {
        long sentNanos = System.nanoTime();
        report.sent();
        session.send(ticks(start.plus(frame.position())), frame.pixels(), List.of()).whenComplete((answer, failure) -> {
            if (failure == null) {
                report.answered(frame, Duration.ofNanos(System.nanoTime() - sentNanos), answer.getInferencesList());
            } else {
                report.unanswered(frame, failure.getMessage());
            }
        });
    }

    /** Waits until a frame is due; true when it is not to be sent any more. */
    private boolean isStoppedBefore(Instant due) throws InterruptedException {
        long wait = pace == Pace.REALTIME ? Duration.between(Instant.now(), due).toNanos() : 0;
        return stop.await(wait, TimeUnit.NANOSECONDS);
    }

    private void finish(NodeSession session) throws Exception {
        try {
            Status status = session.finish().get(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (!status.isOk()) {
                report.problem("the session ended with " + status.getCode() + ": " + status.getDescription());
            }
        } catch (TimeoutException e) {
            report.problem("the session did not end within " + ANSWER_TIMEOUT.toSeconds() + " s after the last frame");
        }
    }

    private MediaStreamDescriptor descriptor() {
        return MediaStreamDescriptor.newBuilder()
                .setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName(source.name()).setGraphNodeName("motion"))
                .setMediaDescriptor(MediaDescriptor.newBuilder()
                        .setTimescale(TICKS_PER_SECOND)
                        .setVideoFrameSampleFormat(VideoFrameSampleFormat.newBuilder()
                                .setEncoding(Encoding.RAW)
                                .setPixelFormat(PixelFormat.BGR24)
                                .setDimensions(Dimensions.newBuilder().setWidth(source.width()).setHeight(source.height()))
                                .setStrideBytes(source.strideBytes())))
                .build();
    }

    private static long ticks(Instant time) {
        return time.getEpochSecond() * TICKS_PER_SECOND + time.getNano() * (long) TICKS_PER_SECOND / 1_000_000_000;
    }
}
