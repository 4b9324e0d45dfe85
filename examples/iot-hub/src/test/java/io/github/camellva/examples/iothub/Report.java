package io.github.camellva.examples.iothub;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.iothub.device.HubListener;
import io.github.camellva.examples.iothub.standin.HubObserver;
import io.github.camellva.examples.iothub.standin.ReceivedMessage;
import io.github.camellva.proto.Inference;

/** Prints what happens and keeps count of it. Safe for use by many threads. */
final class Report implements CameraListener, HubListener, HubObserver {

    private static final int FRAMES_BETWEEN_LINES = 100;
    private static final int MOST_CHARACTERS_SHOWN = 110;

    private final Console console;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong renewals = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private final AtomicBoolean failureTold = new AtomicBoolean();
    private final AtomicBoolean messageShown = new AtomicBoolean();
    /** As many as there are frames: one that is sent again has the same. */
    private final Set<String> messageIds = ConcurrentHashMap.newKeySet();

    Report(Console console) {
        this.console = console;
    }

    void line(String about, String text) {
        console.line(about, text);
    }

    @Override
    public void answered(CameraFrame frame, List<Inference> inferences) {
        if (!inferences.isEmpty()) {
            published.incrementAndGet();
        } else {
            tellFirst(frame, "was answered without inferences: the route failed");
        }
        long now = answered.incrementAndGet();
        if (now % FRAMES_BETWEEN_LINES == 0) {
            line("progress", now + " frames answered, " + published + " of them acknowledged by the hub");
        }
    }

    @Override
    public void notProcessed(CameraFrame frame) {
        tellFirst(frame, "was not processed: the route failed");
    }

    @Override
    public void failed(CameraFrame frame, String why) {
        tellFirst(frame, why);
    }

    @Override
    public void connected(Optional<Instant> tokenExpiry) {
        line("connected", tokenExpiry.map(expiry -> "token until " + expiry).orElse("with a certificate"));
    }

    @Override
    public void renewed(Instant tokenExpiry) {
        renewals.incrementAndGet();
        line("renewed", "token until " + tokenExpiry);
    }

    @Override
    public void disconnected(String why, Duration retryIn) {
        losses.incrementAndGet();
        line("lost", why + "; next attempt in " + retryIn.toMillis() + " ms");
    }

    @Override
    public void received(ReceivedMessage message) {
        messageIds.add(message.properties().get("$.mid"));
        if (messageShown.compareAndSet(false, true)) {
            line("message", "the first from " + message.clientId() + ", others are only counted");
            message.properties().forEach((name, value) -> line("  property", name + " = " + value));
            line("  body", Console.abbreviate(message.body(), MOST_CHARACTERS_SHOWN));
        }
    }

    @Override
    public void refused(String clientId, String why) {
        line("refused", "by the stand-in hub, of " + clientId + ": " + why);
    }

    Summary summarize(Cameras cameras, boolean hasStandIn) {
        Summary summary = new Summary(
                cameras.counts(), published.get(), renewals.get(), losses.get(),
                hasStandIn ? OptionalLong.of(messageIds.size()) : OptionalLong.empty());
        console.summary(summary.lines());
        return summary;
    }

    private void tellFirst(CameraFrame frame, String why) {
        if (failureTold.compareAndSet(false, true)) {
            line("failed", frame.camera() + " frame " + frame.number() + ", and perhaps others: " + why);
        }
    }
}
