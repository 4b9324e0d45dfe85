package io.github.camellva.tools.check.extension;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

import static io.github.camellva.tools.check.extension.ExtensionFault.*;

/** One session of a small extension. Called by one thread at a time. */
final class FaultySession extends ServerCall.Listener<byte[]> {

    private static final int LARGEST_MESSAGE = 4 << 20;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_CONFIGURATION = 100_000;
    private static final int BATCH = 3;
    private static final int ROOM = 300;

    private final FaultyExtension extension;
    private final ServerCall<byte[], byte[]> call;
    private final int index;
    private final List<MediaStreamMessage.Builder> held = new ArrayList<>();
    private MediaStreamDescriptor descriptor;
    private SampleFormat format;
    private FaultyMemory memory;
    private MediaStreamMessage unanswered;
    private MediaStreamMessage acknowledgedUnread;
    private long lastReceived;
    private long sent;
    private long samples;
    private boolean owesRequest;
    private boolean ended;

    FaultySession(FaultyExtension extension, ServerCall<byte[], byte[]> call, int index) {
        this.extension = extension;
        this.call = call;
        this.index = index;
    }

    // events

    @Override
    public void onMessage(byte[] bytes) {
        if (ended) {
            return;
        }
        try {
            receive(bytes);
        } catch (RuntimeException e) {
            end(Status.INTERNAL.withDescription("the extension failed"));
        }
        if (call.isReady() || has(READS_ON_WHEN_NOBODY_TAKES_ITS_ANSWERS)) {
            call.request(1);
        } else {
            owesRequest = true;
        }
    }

    @Override
    public void onReady() {
        if (owesRequest) {
            owesRequest = false;
            call.request(1);
        }
    }

    @Override
    public void onHalfClose() {
        readLate();
        if (!has(FORGETS_WHAT_IT_HAS_WHEN_THE_NODE_IS_DONE)) {
            sendHeld();
        }
        end(has(ENDS_WITH_UNKNOWN) ? Status.UNKNOWN.withDescription("the node is done") : Status.OK);
    }

    @Override
    public void onCancel() {
        ended = true;
        if (!has(KEEPS_THE_PLACE_OF_A_NODE_THAT_VANISHED)) {
            extension.over(this);
        }
    }

    @Override
    public void onComplete() {
        extension.over(this);
    }

    void end(Status status) {
        if (!ended) {
            ended = true;
            call.close(status, new Metadata());
        }
    }

    // messages

    private void receive(byte[] bytes) {
        if (bytes.length > LARGEST_MESSAGE) {
            end(Status.RESOURCE_EXHAUSTED.withDescription(
                    has(DOES_NOT_SAY_HOW_LARGE_A_MESSAGE_MAY_BE) ? "too large" : "a message has at most " + LARGEST_MESSAGE + " bytes"));
            return;
        }
        MediaStreamMessage message;
        try {
            message = MediaStreamMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            if (has(ENDS_ALL_SESSIONS_FOR_ONE)) {
                extension.endAll();
            }
            refuse("the bytes are no message");
            return;
        }
        if (has(REFUSES_UNKNOWN_FIELDS) && !message.getMediaStreamDescriptor().getUnknownFields().asMap().isEmpty()) {
            refuse("unknown fields");
        } else if (descriptor == null) {
            receiveFirst(message);
        } else {
            receiveLater(message);
        }
    }

    private void receiveFirst(MediaStreamMessage message) {
        boolean known = has(REMEMBERS_THE_SESSION_BEFORE) && extension.wasAnyOpened() || has(TAKES_SAMPLES_WITHOUT_A_DESCRIPTOR);
        if (!message.hasMediaStreamDescriptor() && known) {
            descriptor = MediaStreamDescriptor.getDefaultInstance();
            receiveLater(message);
            return;
        }
        if (!message.hasMediaStreamDescriptor()) {
            refuse(has(SENDS_STACK_TRACES)
                    ? "Traceback (most recent call last): File \"/app/server.py\", line 7"
                    : "the first message must carry a media_stream_descriptor");
            return;
        }
        lastReceived = message.getSequenceNumber();
        MediaStreamDescriptor offered = message.getMediaStreamDescriptor();
        Status refusal = new FaultyHandshake(extension, offered).refusal();
        if (refusal != null) {
            end(refusal);
            return;
        }
        descriptor = offered;
        open(message);
    }

    private void open(MediaStreamMessage message) {
        format = FaultyHandshake.format(descriptor, extension).orElse(null);
        if (descriptor.hasSharedMemoryBufferTransferProperties()) {
            memory = new FaultyMemory(extension, descriptor.getSharedMemoryBufferTransferProperties().getHandleName());
        }
        extension.opened();
        if (has(SENDS_AN_EMPTY_MESSAGE_FIRST)) {
            send(MediaStreamMessage.newBuilder());
        }
        if (has(ANSWERS_THE_DESCRIPTOR_WITH_THE_FIRST_SAMPLE)) {
            unanswered = message;
        } else {
            answerDescriptor(message);
        }
    }

    private void answerDescriptor(MediaStreamMessage message) {
        MediaStreamDescriptor.Builder own = MediaStreamDescriptor.newBuilder().setMediaDescriptor(MediaDescriptor.newBuilder()
                .setTimescale(has(HAS_A_TIMESCALE_OF_ITS_OWN) ? 1 : message.getMediaStreamDescriptor().getMediaDescriptor().getTimescale()));
        if (!has(HAS_NO_IDENTIFIER)) {
            own.setExtensionIdentifier("faulty");
        }
        send(MediaStreamMessage.newBuilder().setMediaStreamDescriptor(own)
                .setAckSequenceNumber(has(ACKNOWLEDGES_NOTHING_WITH_ITS_DESCRIPTOR) ? 0 : message.getSequenceNumber()));
    }

    private void receiveLater(MediaStreamMessage message) {
        if (unanswered != null) {
            answerDescriptor(unanswered);
            unanswered = null;
        }
        int order = has(READS_NUMBERS_AS_SIGNED)
                ? Long.compare(message.getSequenceNumber(), lastReceived)
                : Long.compareUnsigned(message.getSequenceNumber(), lastReceived);
        if (order <= 0 && !has(TAKES_NUMBERS_THAT_GO_BACK)) {
            sendHeld();
            refuse("sequence_number must grow");
            return;
        }
        lastReceived = message.getSequenceNumber();
        if (message.hasMediaStreamDescriptor()) {
            sendHeld();
            if (!has(TAKES_A_SECOND_DESCRIPTOR)) {
                refuse("a session has one descriptor");
            }
        } else if (message.getAckSequenceNumber() != 0 && has(FAILS_ON_ACKNOWLEDGEMENTS_OF_THE_NODE)) {
            end(Status.INTERNAL.withDescription("unexpected"));
        } else if (message.hasMediaSample()) {
            receiveSample(message);
        }
    }

    private void receiveSample(MediaStreamMessage message) {
        if (has(READS_MEMORY_AFTER_THE_ACKNOWLEDGEMENT) && message.getMediaSample().hasContentReference()) {
            readLate();
            acknowledgedUnread = message;
            send(MediaStreamMessage.newBuilder().setAckSequenceNumber(message.getSequenceNumber()));
        } else {
            look(message);
        }
    }

    private void readLate() {
        if (acknowledgedUnread != null) {
            look(acknowledgedUnread);
            acknowledgedUnread = null;
        }
    }

    private void look(MediaStreamMessage message) {
        samples++;
        MediaSample sample = message.getMediaSample();
        if (has(LOSES_EARLY_SAMPLES) && index % 2 == 0 && samples <= 1
                || has(LOSES_EVERY_SEVENTH_ACKNOWLEDGEMENT) && samples % 7 == 0
                || has(DROPS_WHAT_IT_HAS_NO_ROOM_FOR) && samples > ROOM
                || has(IS_SILENT_ABOUT_SAMPLES_WITHOUT_CONTENT) && sample.equals(sample.toBuilder().clearContent().clearInferences().build())
                || has(IS_SILENT_ABOUT_INFERENCES_ALONE) && sample.getContentCase() == MediaSample.ContentCase.CONTENT_NOT_SET) {
            return;
        }
        if (has(FAILS_ON_TYPE_AUTO) && sample.getInferencesList().stream().anyMatch(one -> one.getType() == Inference.InferenceType.AUTO)) {
            end(Status.INTERNAL.withDescription("unexpected type"));
            return;
        }
        FaultyFrame frame = new FaultyFrame(extension, format, memory, sample);
        if (frame.isToBeRefused()) {
            refuse("the content cannot be used");
            return;
        }
        if (has(IS_SILENT_ABOUT_WHAT_IT_CANNOT_READ) && !frame.isReadable() && frame.hasContent()) {
            return;
        }
        MediaStreamMessage.Builder answer = MediaStreamMessage.newBuilder()
                .setAckSequenceNumber(has(ACKNOWLEDGES_0) && samples % 3 == 0 ? 0 : message.getSequenceNumber());
        boolean looked = frame.isReadable() && !has(ACKNOWLEDGES_ALONE) || has(SAYS_IT_LOOKED_AT_WHAT_IT_CANNOT_READ);
        if (looked) {
            answer.setMediaSample(MediaSample.newBuilder().setTimestamp(has(GIVES_NO_TIMESTAMP) ? 0 : sample.getTimestamp())
                    .addAllInferences(frame.found(samples)));
        }
        answer(answer);
    }

    // answers

    private void answer(MediaStreamMessage.Builder answer) {
        if (has(SENDS_THE_FINDINGS_APART)) {
            send(MediaStreamMessage.newBuilder().setAckSequenceNumber(answer.getAckSequenceNumber()));
        }
        boolean late = has(WAITS_FOR_THE_NEXT_SAMPLE) || has(FORGETS_WHAT_IT_HAS_WHEN_THE_NODE_IS_DONE);
        int hold = late ? 1 : has(ANSWERS_IN_BATCHES) ? BATCH - 1 : has(ANSWERS_PAIRS_IN_REVERSE) ? 1 : 0;
        if (hold == 0) {
            send(answer);
        } else if (held.size() < hold) {
            held.add(answer);
        } else if (has(ANSWERS_PAIRS_IN_REVERSE)) {
            send(answer);
            sendHeld();
        } else if (late) {
            sendHeld();
            held.add(answer);
        } else {
            held.add(answer);
            sendHeld();
        }
        if (has(ACKNOWLEDGES_TWICE) && samples % 5 == 0) {
            send(MediaStreamMessage.newBuilder().setAckSequenceNumber(answer.getAckSequenceNumber()));
        }
        if (has(ACKNOWLEDGES_WHAT_WAS_NEVER_SENT) && samples % 5 == 0) {
            send(MediaStreamMessage.newBuilder().setAckSequenceNumber(answer.getAckSequenceNumber() + 100));
        }
        if (has(SENDS_A_SECOND_DESCRIPTOR) && samples == 3) {
            send(MediaStreamMessage.newBuilder().setMediaStreamDescriptor(MediaStreamDescriptor.getDefaultInstance()));
        }
    }

    private void sendHeld() {
        held.forEach(this::send);
        held.clear();
    }

    private void send(MediaStreamMessage.Builder message) {
        if (ended) {
            return;
        }
        long number = ++sent;
        if (has(NUMBERS_ACROSS_SESSIONS)) {
            number = extension.numbers().incrementAndGet();
        } else if (has(COUNTS_FROM_0)) {
            number--;
        } else if (has(GIVES_SAMPLES_THE_NUMBER_0) && !message.hasMediaStreamDescriptor()) {
            number = 0;
        } else if (has(LEAVES_A_NUMBER_OUT) && number > 3) {
            number++;
        }
        if (has(SENDS_AN_UNKNOWN_FIELD)) {
            message.setUnknownFields(UnknownFieldSet.newBuilder().addField(99, UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("mine")).build()).build());
        }
        if (sent == 1) {
            call.sendHeaders(new Metadata());
        }
        call.sendMessage(message.setSequenceNumber(number).build().toByteArray());
    }

    private void refuse(String why) {
        end(Status.INVALID_ARGUMENT.withDescription(why));
    }

    private boolean has(ExtensionFault fault) {
        return extension.has(fault);
    }

    static boolean isLongerThan(String text, boolean configuration) {
        return text.length() > (configuration ? LONGEST_CONFIGURATION : LONGEST_NAME);
    }

    static SampleFormat parse(MediaDescriptor media) throws FormatException {
        return SampleFormat.of(media.getVideoFrameSampleFormat(), 64 << 20);
    }
}
