package io.github.camellva.tools.replay;

import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.frames.Finding;
import org.jspecify.annotations.Nullable;

/** One frame, what was answered when it was recorded, and what is answered now. Safe for use by two threads. */
final class Comparison {

    private final String name;
    private final MediaStreamDescriptor descriptor;
    private final ByteString frame;
    private final long recordedAt;
    private final long sentAt;
    @GuardedBy("this")
    private @Nullable MediaStreamMessage before;
    @GuardedBy("this")
    private long beforeNanos;
    @GuardedBy("this")
    private @Nullable MediaStreamMessage now;
    @GuardedBy("this")
    private long nowNanos;
    @GuardedBy("this")
    private boolean failed;

    /**
     * @param name       session and sequence number, for people
     * @param recordedAt when it was recorded, nanoseconds
     * @param sentAt     when it was sent again, nanoseconds of another clock
     */
    Comparison(String name, MediaStreamDescriptor descriptor, ByteString frame, long recordedAt, long sentAt) {
        this.name = name;
        this.descriptor = descriptor;
        this.frame = frame;
        this.recordedAt = recordedAt;
        this.sentAt = sentAt;
    }

    /** Takes the recorded answer; returns whether both are there. */
    synchronized boolean before(MediaStreamMessage answer, long time) {
        before = answer;
        beforeNanos = time - recordedAt;
        return isComplete();
    }

    /** Takes today's answer; returns whether both are there. */
    synchronized boolean now(MediaStreamMessage answer, long time) {
        now = answer;
        nowNanos = time - sentAt;
        return isComplete();
    }

    /** There will be no answer today. */
    synchronized void failed() {
        failed = true;
    }

    String name() {
        return name;
    }

    MediaStreamDescriptor descriptor() {
        return descriptor;
    }

    ByteString frame() {
        return frame;
    }

    synchronized List<Finding> findingsBefore() {
        return findings(before);
    }

    synchronized List<Finding> findingsNow() {
        return findings(now);
    }

    synchronized long beforeNanos() {
        return beforeNanos;
    }

    synchronized long nowNanos() {
        return nowNanos;
    }

    @GuardedBy("this")
    private boolean isComplete() {
        return before != null && now != null && !failed;
    }

    private static List<Finding> findings(@Nullable MediaStreamMessage answer) {
        return answer == null
                ? List.of()
                : answer.getMediaSample().getInferencesList().stream().map(Finding::of).toList();
    }
}
