package io.github.camellva.tools.check.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.check.Messages;
import io.github.camellva.tools.check.RuleBroken;
import io.github.camellva.tools.check.node.RawSession.Event;
import io.github.camellva.tools.check.node.RawSession.Kind;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * One session of the node, in the words of the specification: what an extension answers, right or wrong, and what it expects. What
 * does not come in time is a rule broken. For one thread.
 */
final class Session {

    private static final int MORE_THAN_UNDER_WAY = 12;

    private final Node node;
    private final RawSession raw;
    private final List<MediaStreamMessage> messages = new ArrayList<>();
    private @Nullable MediaStreamDescriptor descriptor;
    private @Nullable Kind end;
    private long lastSent;

    Session(Node node, RawSession raw) {
        this.node = node;
        this.raw = raw;
    }

    // what the extension does

    /** The handshake as it should be. */
    Session open() {
        return open(answerToDescriptor());
    }

    Session open(MediaStreamMessage.Builder answer) {
        expectDescriptor();
        send(answer);
        return this;
    }

    /** As the specification has it; for scripts that answer otherwise to change. */
    MediaStreamMessage.Builder answerToDescriptor() {
        return MediaStreamMessage.newBuilder().setSequenceNumber(1).setAckSequenceNumber(1).setMediaStreamDescriptor(
                MediaStreamDescriptor.newBuilder().setExtensionIdentifier("lva-check").setMediaDescriptor(
                        MediaDescriptor.newBuilder().setTimescale(expectDescriptor().getMediaDescriptor().getTimescale())));
    }

    /** The answer to a sample in which nothing was found. */
    void answer(Sample sample) {
        send(answerTo(sample));
    }

    void answer(Sample sample, List<Inference> found) {
        MediaStreamMessage.Builder answer = answerTo(sample);
        answer.getMediaSampleBuilder().addAllInferences(found);
        send(answer);
    }

    void acknowledge(long number) {
        send(MediaStreamMessage.newBuilder().setSequenceNumber(lastSent + 1).setAckSequenceNumber(number));
    }

    MediaStreamMessage.Builder answerTo(Sample sample) {
        return MediaStreamMessage.newBuilder().setSequenceNumber(lastSent + 1).setAckSequenceNumber(sample.number())
                .setMediaSample(MediaSample.newBuilder().setTimestamp(sample.media().getTimestamp()));
    }

    void send(MediaStreamMessage.Builder message) {
        MediaStreamMessage whole = message.build();
        lastSent = whole.getSequenceNumber();
        sendBytes(whole.toByteArray(), Messages.describe(whole));
    }

    void sendBytes(byte[] message, String what) {
        node.transcript().sent(what);
        raw.send(message);
    }

    void end(Status status) {
        if (end == null) {
            node.transcript().sent("end of the session: " + Messages.describe(status));
            raw.end(status);
        }
    }

    /** The case is over: a node whose session was opened comes again soon. */
    void leave(Status status) {
        if (descriptor != null && lastSent == 0) {
            send(answerToDescriptor());
        }
        raw.end(status);
    }

    // what it expects

    Metadata headers() {
        return raw.headers();
    }

    long begunNanos() {
        return raw.begunNanos();
    }

    /** The node's descriptor, as the first thing that comes. */
    MediaStreamDescriptor expectDescriptor() {
        if (descriptor == null) {
            MediaStreamMessage first = messages.isEmpty() ? expectMessage("descriptor", node.times().patience()) : messages.get(0);
            if (!first.hasMediaStreamDescriptor()) {
                throw new RuleBroken("the first message was no descriptor: " + Messages.describe(first));
            }
            descriptor = first.getMediaStreamDescriptor();
        }
        return descriptor;
    }

    Sample expectSample() {
        return expectSampleWithin(node.times().patience());
    }

    Sample expectSampleWithin(Duration atMost) {
        MediaStreamMessage message = expectMessage("sample", atMost);
        while (!message.hasMediaSample()) {
            if (message.hasMediaStreamDescriptor()) {
                throw new RuleBroken("a second descriptor came: " + Messages.describe(message));
            }
            message = expectMessage("sample", atMost);
        }
        return new Sample(message.getSequenceNumber(), message.getMediaSample());
    }

    /** Samples, each of which is answered at once. */
    List<Sample> expectAnsweredSamples(int count) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(expectSample());
            answer(samples.get(i));
        }
        return samples;
    }

    /** The node has taken what it was sent: more samples come than can have been on their way. */
    void expectItGoesOn() {
        expectAnsweredSamples(MORE_THAN_UNDER_WAY);
    }

    /** The same, or the node ends the session. */
    void expectItGoesOnOrEnds() {
        for (int i = 0; i < MORE_THAN_UNDER_WAY && end == null; i++) {
            if (!receiveAndAnswer(node.times().patience())) {
                throw new RuleBroken("the node neither went on nor ended the session within " + node.times().patience().toMillis() + " ms");
            }
        }
    }

    /** All samples that come until the node is silent, at most that many; none is answered. */
    List<Sample> samplesUntilQuiet(int most) {
        List<Sample> samples = new ArrayList<>();
        while (samples.size() < most && end == null && receive(node.times().quiet())) {
            MediaStreamMessage last = messages.get(messages.size() - 1);
            if (end == null && last.hasMediaSample()) {
                samples.add(new Sample(last.getSequenceNumber(), last.getMediaSample()));
            }
        }
        return samples;
    }

    /** The node ends the session, by itself, within that time. */
    void expectEnd(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (end != Kind.CANCEL && end != Kind.HALF_CLOSE) {
            if (!receive(Duration.ofNanos(deadline - System.nanoTime()))) {
                throw new RuleBroken("the node did not end the session within " + atMost.toMillis() + " ms");
            }
        }
    }

    boolean hasEnded() {
        return end != null;
    }

    /** Takes one more message or the end; false if nothing came in that time. */
    boolean receive(Duration atMost) {
        Event event;
        try {
            event = raw.take(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuleBroken("interrupted");
        }
        if (event == null) {
            return false;
        }
        if (event.kind() == Kind.MESSAGE) {
            keep(event.message());
        } else {
            end = event.kind();
            node.transcript().seen(end == Kind.CANCEL ? "cancel" : "half-close");
        }
        return true;
    }

    /** Takes one more message or the end, and answers what is a sample; false if nothing came in that time. */
    boolean receiveAndAnswer(Duration atMost) {
        int had = messages.size();
        boolean received = receive(atMost);
        if (messages.size() > had && messages.get(had).hasMediaSample()) {
            answer(new Sample(messages.get(had).getSequenceNumber(), messages.get(had).getMediaSample()));
        }
        return received;
    }

    /** Reads nothing for a while. */
    void pause(Duration time) {
        node.transcript().note("the extension reads nothing for " + time.toMillis() + " ms");
        LockSupport.parkNanos(time.toNanos());
    }

    /** All that has been taken so far. */
    List<MediaStreamMessage> messages() {
        return messages;
    }

    private MediaStreamMessage expectMessage(String what, Duration atMost) {
        int had = messages.size();
        while (messages.size() == had) {
            if (end != null) {
                throw new RuleBroken("no " + what + ": the node ended the session");
            }
            if (!receive(atMost)) {
                throw new RuleBroken("no " + what + " within " + atMost.toMillis() + " ms");
            }
        }
        return messages.get(had);
    }

    private void keep(byte[] bytes) {
        try {
            MediaStreamMessage message = MediaStreamMessage.parseFrom(bytes);
            node.transcript().seen(Messages.describe(message));
            messages.add(message);
        } catch (InvalidProtocolBufferException e) {
            node.transcript().seen(bytes.length + " bytes");
            throw new RuleBroken("a message of " + bytes.length + " bytes is no MediaStreamMessage: " + e.getMessage());
        }
    }
}
