package io.github.camellva.tools.show;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.github.camellva.grpc.stream.Descriptions;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.frames.Finding;
import io.github.camellva.tools.recording.v1.Direction;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.SessionBegan;
import io.github.camellva.tools.recording.v1.SessionEnded;
import io.grpc.Status;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Adds up what a recording has of one session. For one thread. */
final class SessionSummary {

    private static final int MAX_TAGS = 100;
    private static final String OTHERS = "(others)";
    /** Older samples are not answered any more. */
    private static final int MAX_UNANSWERED = 1000;

    private static final long MAX_MICROS = Duration.ofHours(1).toNanos() / 1000;

    private final SessionBegan began;
    private MediaStreamDescriptor descriptor = MediaStreamDescriptor.getDefaultInstance();
    private final Map<Long, Long> unanswered = new LinkedHashMap<>();
    /** Grows with its values. */
    private final Histogram latencyMicros = new Histogram(3);
    private final SortedMap<String, Long> findings = new TreeMap<>();
    private long samples;
    private long sampleBytes;
    private long answered;
    private long notProcessed;
    private long givenUp;
    private long malformed;
    private long framesMissing;
    private long unknownAcks;
    private long firstTime;
    private long lastTime;
    private @Nullable SessionEnded end;

    SessionSummary(SessionBegan began) {
        this.began = began;
        this.firstTime = began.getTime();
        this.lastTime = began.getTime();
    }

    long number() {
        return began.getSession();
    }

    void add(Message record) {
        lastTime = record.getTime();
        MediaStreamMessage message = record.getMessage();
        if (!record.hasMessage()) {
            malformed++;
        } else if (record.getDirection() == Direction.TO_NODE) {
            addAnswer(record);
        } else if (message.hasMediaStreamDescriptor()) {
            descriptor = message.getMediaStreamDescriptor();
        } else if (message.hasMediaSample()) {
            addSample(record);
        }
    }

    void end(SessionEnded ended) {
        end = ended;
        lastTime = ended.getTime();
    }

    private void addSample(Message record) {
        samples++;
        sampleBytes += record.getMessage().getMediaSample().getContentBytes().getBytes().size()
                       + record.getSharedMemoryContent().size();
        if (!record.getSharedMemoryProblem().isEmpty()) {
            framesMissing++;
        }
        unanswered.put(record.getMessage().getSequenceNumber(), record.getTime());
        if (unanswered.size() > MAX_UNANSWERED) {
            unanswered.remove(unanswered.keySet().iterator().next());
            givenUp++;
        }
    }

    private void addAnswer(Message record) {
        MediaStreamMessage message = record.getMessage();
        if (message.hasMediaStreamDescriptor() || message.getAckSequenceNumber() == 0 && !message.hasMediaSample()) {
            return;
        }
        Long sent = unanswered.remove(message.getAckSequenceNumber());
        if (sent == null) {
            unknownAcks++;
            return;
        }
        latencyMicros.recordValue(Math.min(Math.max(0, (record.getTime() - sent) / 1000), MAX_MICROS));
        if (message.hasMediaSample()) {
            answered++;
            message.getMediaSample().getInferencesList().forEach(this::count);
        } else {
            notProcessed++;
        }
    }

    private void count(Inference inference) {
        String tag = Finding.of(inference).tag();
        findings.merge(findings.size() < MAX_TAGS || findings.containsKey(tag) ? tag : OTHERS, 1L, Long::sum);
    }

    /** Whether all that was sent was answered, and all of it is in the recording. */
    boolean isClean() {
        return unansweredCount() == 0 && malformed == 0 && framesMissing == 0 && unknownAcks == 0;
    }

    private long unansweredCount() {
        return unanswered.size() + givenUp;
    }

    /** For people and for JSON, in the order of reading. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("session", began.getSession());
        map.put("node", began.getNode());
        map.put("graph", descriptor.getGraphIdentifier().getGraphInstanceName());
        map.put("format", Descriptions.formatOf(descriptor));
        map.put("transfer", descriptor.hasSharedMemoryBufferTransferProperties() ? "sharedMemory" : "embedded");
        map.put("seconds", Math.round((lastTime - firstTime) / 1e7) / 100.0);
        map.put("samples", samples);
        map.put("sampleBytes", sampleBytes);
        map.put("answered", answered);
        map.put("notProcessed", notProcessed);
        map.put("unanswered", unansweredCount());
        map.put("unknownAcks", unknownAcks);
        map.put("malformed", malformed);
        map.put("framesNotRecorded", framesMissing);
        map.put("latencyMillisP50", latencyMicros.getValueAtPercentile(50) / 1000.0);
        map.put("latencyMillisP99", latencyMicros.getValueAtPercentile(99) / 1000.0);
        map.put("findings", findings);
        map.put("end", end == null ? "not recorded" : end());
        return map;
    }

    private String end() {
        Status.Code code = Status.fromCodeValue(end.getStatusCode()).getCode();
        return end.getStatusDescription().isEmpty() ? code.name() : code + ": " + end.getStatusDescription();
    }
}
