package io.github.camellva.tools.check.extension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.check.Messages;
import io.github.camellva.tools.check.RuleBroken;
import io.github.camellva.tools.check.extension.RawCall.Event;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * One session with the extension, in the words of the specification: what a node sends, right or wrong, and what it expects. What
 * does not come in time is a rule broken. For one thread.
 */
final class Conversation {

    private static final Duration FAREWELL = Duration.ofMillis(100);

    private final Extension extension;
    private final RawCall call;
    private final List<MediaStreamMessage> answers = new ArrayList<>();
    private final Map<Long, List<MediaStreamMessage>> byAcknowledged = new LinkedHashMap<>();
    private long lastNumber;
    private int frames;
    private boolean halfClosed;
    /** Sends one more sample. */
    private Runnable more = this::sendSample;
    private @Nullable Status end;

    Conversation(Extension extension, RawCall call) {
        this.extension = extension;
        this.call = call;
    }

    // what the node does

    /** The handshake as it should be. */
    Conversation open() {
        return open(extension.descriptor());
    }

    Conversation open(MediaStreamDescriptor.Builder descriptor) {
        send(descriptor);
        expectDescriptor();
        return this;
    }

    Numbers send(MediaStreamDescriptor.Builder descriptor) {
        return send(next().setMediaStreamDescriptor(descriptor));
    }

    /** A frame of the format that this run uses. */
    Numbers sendSample() {
        return send(extension.sample(frames++));
    }

    Numbers sendSamples(int count) {
        Numbers first = sendSample();
        for (int i = 1; i < count; i++) {
            sendSample();
        }
        return new Numbers(first.first(), lastNumber);
    }

    Numbers send(MediaSample.Builder sample) {
        return send(next().setMediaSample(sample));
    }

    Numbers sendContent(byte[] content) {
        return send(sample().setContentBytes(ContentBytes.newBuilder().setBytes(ByteString.copyFrom(content))));
    }

    Numbers sendReference(long offset, long length) {
        return send(sample().setContentReference(ContentReference.newBuilder().setAddressOffset(offset).setLengthBytes(length)));
    }

    Numbers send(MediaStreamMessage.Builder message) {
        MediaStreamMessage whole = message.build();
        sendBytes(whole.toByteArray(), Messages.describe(whole));
        lastNumber = whole.getSequenceNumber();
        return new Numbers(lastNumber, lastNumber);
    }

    /**
     * Whatever bytes.
     *
     * @param what they are, for the record
     */
    void sendBytes(byte[] message, String what) {
        extension.transcript().sent(what);
        call.send(message);
    }

    /** What an extension that answers late is sent, for it to go on. */
    Conversation sendingMore(Runnable sample) {
        more = sample;
        return this;
    }

    void halfClose() {
        extension.transcript().sent("half-close");
        halfClosed = true;
        call.halfClose();
    }

    void cancel() {
        extension.transcript().sent("cancel");
        call.cancel();
        end = Status.CANCELLED;
    }

    void stopReading() {
        extension.transcript().note("the node stops reading");
        call.stopReading();
    }

    void readAgain() {
        extension.transcript().note("the node reads again");
        call.readAgain();
    }

    /** Whether what was sent has left, or does so in that time. */
    boolean awaitReady(Duration atMost) throws InterruptedException {
        return call.awaitReady(extension.bounded(atMost));
    }

    /** With the next number and nothing else. */
    MediaStreamMessage.Builder next() {
        return MediaStreamMessage.newBuilder().setSequenceNumber(lastNumber + 1);
    }

    /** With a timestamp of its own and nothing else. */
    MediaSample.Builder sample() {
        return MediaSample.newBuilder().setTimestamp(extension.timestamp(frames++));
    }

    // what the node expects

    /** The extension's descriptor, as the first thing that comes. */
    MediaStreamMessage expectDescriptor() {
        MediaStreamMessage first = answers.isEmpty() ? expectMessage("a descriptor") : answers.get(0);
        if (!first.hasMediaStreamDescriptor()) {
            throw new RuleBroken("the first message was no descriptor: " + Messages.describe(first));
        }
        return first;
    }

    /** The answer to one sample. */
    MediaStreamMessage expectAnswer(Numbers number) {
        return expectAnswers(number).get(0);
    }

    /** An answer to each of those samples, by number. An extension that answers late gets more samples, for it to go on. */
    List<MediaStreamMessage> expectAnswers(Numbers numbers) {
        nudge();
        return awaitAnswers(numbers);
    }

    /** The same without more samples for those that are late. */
    List<MediaStreamMessage> awaitAnswers(Numbers numbers) {
        while (!byAcknowledged.keySet().containsAll(numbers.list())) {
            awaitMore(System.nanoTime(), () -> "no acknowledgement of " + missing(numbers.list()));
        }
        return numbers.list().stream().map(number -> byAcknowledged.get(number).get(0)).toList();
    }

    /** The answer is more than an acknowledgement: the sample was looked at. */
    MediaStreamMessage expectLookedAt(Numbers number) {
        MediaStreamMessage answer = expectAnswer(number);
        if (!answer.hasMediaSample()) {
            throw new RuleBroken("sample " + number + " was acknowledged alone, as if it had not been looked at");
        }
        return answer;
    }

    /** The sample is of no use: it is acknowledged alone, or the session ends with one of these. */
    void expectNotLookedAt(Numbers number, Status.Code... endings) {
        settle(number);
        if (acknowledgements(number.first()) == 0) {
            requireOneOf(endings);
            return;
        }
        MediaStreamMessage answer = byAcknowledged.get(number.first()).get(0);
        if (answer.hasMediaSample()) {
            throw new RuleBroken("sample " + number + " was answered as if it had been looked at: " + Messages.describe(answer));
        }
    }

    /** Something becomes of the sample: it is acknowledged, or the session ends. */
    void settle(Numbers number) {
        nudge();
        while (end == null && !byAcknowledged.containsKey(number.first())) {
            if (!receive(extension.patience())) {
                throw new RuleBroken("sample " + number + " was neither acknowledged, nor did the session end, within "
                                     + extension.patience().toMillis() + " ms");
            }
        }
    }

    /** The session ends with INVALID_ARGUMENT. */
    Status expectRefusal() {
        return expectEnd(Status.Code.INVALID_ARGUMENT);
    }

    /** The session ends with one of these; what comes before is kept. */
    Status expectEnd(Status.Code... expected) {
        Status status = awaitEnd();
        requireOneOf(expected);
        return status;
    }

    /** The session ends, however. */
    Status awaitEnd() {
        long before = System.nanoTime();
        while (end == null) {
            if (!receive(before)) {
                throw new RuleBroken("the session did not end within " + extension.patience().toMillis() + " ms");
            }
        }
        return end;
    }

    /** Waits for one more message or the end. */
    boolean awaitAnything() {
        return awaitAnything(extension.patience());
    }

    boolean awaitAnything(Duration atMost) {
        return receive(atMost);
    }

    /** Takes what comes until nothing has come for a while. */
    void listen(Duration silence) {
        boolean more = true;
        while (more && end == null) {
            more = receive(silence);
        }
    }

    /** All that has been taken so far, the descriptor included. */
    List<MediaStreamMessage> answers() {
        return answers;
    }

    /** How many acknowledgements of a number have been taken. */
    int acknowledgements(long number) {
        return byAcknowledged.getOrDefault(number, List.of()).size();
    }

    /** The numbers that were acknowledged, in the order in which they were first. */
    Collection<Long> acknowledged() {
        return byAcknowledged.keySet();
    }

    boolean hasEnded() {
        return end != null;
    }

    /** Leaves as well as it can. */
    void close() throws InterruptedException {
        if (end == null && !halfClosed) {
            call.halfClose();
            long deadline = System.nanoTime() + FAREWELL.toNanos();
            Event event = call.take(FAREWELL);
            while (event != null && event.end() == null) {
                event = call.take(Duration.ofNanos(deadline - System.nanoTime()));
            }
        }
        call.cancel();
    }

    /** Sends what an extension that answers late is waiting for. */
    private void nudge() {
        if (extension.lag() == 0 || halfClosed || end != null) {
            return;
        }
        extension.transcript().note("the extension answers late: " + extension.lag() + " more");
        for (int i = 0; i < extension.lag(); i++) {
            more.run();
        }
    }

    private MediaStreamMessage expectMessage(String what) {
        long before = System.nanoTime();
        int had = answers.size();
        while (answers.size() == had) {
            awaitMore(before, () -> "no " + what.replaceFirst("^an? ", ""));
        }
        return answers.get(had);
    }

    private void awaitMore(long since, Supplier<String> missing) {
        if (end != null) {
            throw new RuleBroken(missing.get() + ": the session ended with " + Messages.describe(end));
        }
        if (!receive(since)) {
            throw new RuleBroken(missing.get() + " within " + extension.patience().toMillis() + " ms");
        }
    }

    /** Takes what comes next, if it does within what is left of the patience since then. */
    private boolean receive(long since) {
        return receive(extension.patience().minusNanos(System.nanoTime() - since));
    }

    private boolean receive(Duration atMost) {
        Event event;
        try {
            event = call.take(extension.bounded(atMost));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuleBroken("interrupted");
        }
        if (event == null) {
            return false;
        }
        if (event.end() != null) {
            end = event.end();
            extension.ended(end);
        } else {
            keep(event.message());
        }
        return true;
    }

    private void keep(byte[] bytes) {
        try {
            MediaStreamMessage message = MediaStreamMessage.parseFrom(bytes);
            extension.transcript().seen(Messages.describe(message));
            extension.answered(message);
            answers.add(message);
            byAcknowledged.computeIfAbsent(message.getAckSequenceNumber(), number -> new ArrayList<>()).add(message);
        } catch (InvalidProtocolBufferException e) {
            extension.transcript().seen(bytes.length + " bytes");
            throw new RuleBroken("a message of " + bytes.length + " bytes is no MediaStreamMessage: " + e.getMessage());
        }
    }

    private void requireOneOf(Status.Code... expected) {
        if (!Arrays.asList(expected).contains(end.getCode())) {
            throw new RuleBroken("the session ended with " + Messages.describe(end));
        }
    }

    private String missing(List<Long> numbers) {
        List<Long> missing = numbers.stream().filter(number -> !byAcknowledged.containsKey(number)).toList();
        String some = missing.stream().limit(5).map(Long::toUnsignedString).collect(Collectors.joining(", "));
        return missing.size() <= 5 ? some : some + " and " + (missing.size() - 5) + " others";
    }
}
