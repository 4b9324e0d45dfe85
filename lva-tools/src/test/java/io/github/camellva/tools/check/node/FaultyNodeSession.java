package io.github.camellva.tools.check.node;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

import static io.github.camellva.tools.check.node.NodeFault.*;

/** One session of a small node. Everything happens on the node's thread. */
final class FaultyNodeSession extends ClientCall.Listener<byte[]> {

    private static final int IN_FLIGHT = 4;

    private final FaultyNode node;
    private final ClientCall<byte[], byte[]> call;
    private final Map<Long, InFlight> inFlight = new LinkedHashMap<>();
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private final long begun = System.nanoTime();
    private FaultyNodeMemory memory;
    private long lastSent;
    private long lastTicks;
    private long lastReceived;
    private int lostCredit;
    private int samples;
    private boolean open;
    private boolean ended;

    private record InFlight(int slot, long sentNanos) {
    }

    FaultyNodeSession(FaultyNode node, ClientCall<byte[], byte[]> call) {
        this.node = node;
        this.call = call;
        this.lastSent = has(GOES_ON_COUNTING_IN_THE_NEXT_SESSION) ? node.lastNumber() : has(COUNTS_FROM_0) ? -1 : 0;
    }

    void start(Metadata headers) {
        if (node.memoryDirectory() != null) {
            memory = new FaultyNodeMemory(node, frame().length, IN_FLIGHT * 2);
            for (int slot = 0; slot < IN_FLIGHT * 2; slot++) {
                freeSlots.add(slot);
            }
        }
        call.start(this, headers);
        call.request(1);
        if (has(BEGINS_WITH_A_SAMPLE)) {
            sendSample();
        }
        send(message().setMediaStreamDescriptor(descriptor()));
        open = has(DOES_NOT_WAIT_FOR_THE_DESCRIPTOR);
    }

    void sendIfRoom() {
        if (ended) {
            return;
        }
        boolean waitedTooLong = System.nanoTime() - begun > node.timeoutNanos();
        if (!open) {
            if (waitedTooLong && !has(WAITS_FOR_THE_DESCRIPTOR_FOR_EVER)) {
                cancel();
            }
            return;
        }
        expire();
        int most = has(SENDS_WITHOUT_A_BOUND) ? 1_000 : has(SENDS_ONE_SAMPLE_AT_A_TIME) ? 1 : IN_FLIGHT - lostCredit;
        boolean room = inFlight.size() < most && (memory == null || !freeSlots.isEmpty() || has(WRITES_TO_REGIONS_IN_FLIGHT));
        if (room) {
            sendSample();
        }
    }

    void release() {
        if (!ended) {
            cancel();
        }
        if (memory != null) {
            memory.release();
        }
    }

    // from gRPC

    @Override
    public void onMessage(byte[] bytes) {
        node.execute(() -> receive(bytes));
        call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        node.execute(() -> {
            ended = true;
            inFlight.clear();
            if (memory != null && !has(LEAVES_ITS_FILES_BEHIND)) {
                memory.release();
            }
            if (has(DIES_OF_A_STATUS) && status.getCode() == Status.Code.INTERNAL) {
                node.die();
            }
            node.ended(lastSent);
        });
    }

    private void receive(byte[] bytes) {
        MediaStreamMessage message;
        try {
            message = MediaStreamMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            if (has(DIES_OF_BYTES_THAT_ARE_NO_MESSAGE)) {
                node.die();
            }
            cancel();
            return;
        }
        if (has(ENDS_SESSIONS_FOR_UNKNOWN_FIELDS) && !message.getUnknownFields().asMap().isEmpty()
                || has(CHECKS_NUMBERS) && message.getSequenceNumber() <= lastReceived
                || message.getMediaSample().getInferencesList().stream().anyMatch(this::isTooMuch)) {
            cancel();
            return;
        }
        lastReceived = message.getSequenceNumber();
        if (message.hasMediaStreamDescriptor()) {
            receiveDescriptor(message);
        } else {
            receiveAnswer(message);
        }
    }

    private void receiveDescriptor(MediaStreamMessage message) {
        MediaStreamDescriptor own = message.getMediaStreamDescriptor();
        if (has(WANTS_AN_IDENTIFIER) && own.getExtensionIdentifier().isEmpty()
                || has(WANTS_A_TIMESCALE) && own.getMediaDescriptor().getTimescale() == 0
                || has(WANTS_ITS_DESCRIPTOR_ACKNOWLEDGED) && message.getAckSequenceNumber() != 1) {
            cancel();
            return;
        }
        open = true;
        node.opened();
    }

    private void receiveAnswer(MediaStreamMessage message) {
        long number = message.getAckSequenceNumber();
        boolean oldest = inFlight.isEmpty() || inFlight.keySet().iterator().next() == number;
        boolean refused = has(WANTS_A_SAMPLE_WITH_AN_ACKNOWLEDGEMENT) && !message.hasMediaSample()
                || has(WANTS_ACKNOWLEDGEMENTS_IN_ORDER) && !oldest
                || has(WANTS_A_TIMESTAMP) && message.getMediaSample().getTimestamp() == 0
                || has(ENDS_SESSIONS_FOR_UNKNOWN_ACKNOWLEDGEMENTS) && !inFlight.containsKey(number);
        if (refused) {
            cancel();
            return;
        }
        InFlight answered = inFlight.remove(number);
        boolean mistaken = number == 0 && has(TAKES_0_FOR_AN_ACKNOWLEDGEMENT) || number != 0 && has(COUNTS_UNKNOWN_ACKNOWLEDGEMENTS);
        if (answered == null && mistaken && !inFlight.isEmpty()) {
            answered = inFlight.remove(inFlight.keySet().iterator().next());
        }
        if (answered != null && memory != null) {
            freeSlots.add(answered.slot());
        }
        if (has(LOSES_CREDIT)) {
            lostCredit++;
        }
    }

    /** Regions of samples that were given up stay taken. */
    private void expire() {
        Iterator<InFlight> oldest = inFlight.values().iterator();
        while (oldest.hasNext() && !has(WAITS_FOR_ACKNOWLEDGEMENTS_FOR_EVER)) {
            if (System.nanoTime() - oldest.next().sentNanos() < node.timeoutNanos()) {
                return;
            }
            oldest.remove();
        }
    }

    private boolean isTooMuch(Inference inference) {
        return has(ENDS_SESSIONS_FOR_BOXES_THAT_OVERSHOOT) && inference.getEntity().getBox().getL() < 0
                || has(WANTS_A_TYPE) && inference.getType() == Inference.InferenceType.AUTO;
    }

    // to the extension

    private MediaStreamDescriptor.Builder descriptor() {
        MediaStreamDescriptor.Builder descriptor = MediaStreamDescriptor.newBuilder();
        descriptor.getMediaDescriptorBuilder().setTimescale(has(GIVES_NO_TIMESCALE) ? 0 : has(COUNTS_MILLISECONDS) ? 1_000 : 90_000);
        if (!has(SENDS_CONTENT_WITHOUT_A_FORMAT)) {
            announce(descriptor.getMediaDescriptorBuilder());
        }
        if (!has(DOES_NOT_NAME_ITS_GRAPH)) {
            descriptor.setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName("camera-" + System.identityHashCode(node)));
        }
        if (memory != null) {
            descriptor.setSharedMemoryBufferTransferProperties(memory.announced());
        }
        return descriptor;
    }

    private void announce(MediaDescriptor.Builder media) {
        VideoFrameSampleFormat.Builder format = node.format().toMessage();
        if (has(GIVES_PICTURES_A_PIXEL_FORMAT)) {
            format.setPixelFormat(PixelFormat.NONE);
        }
        if (has(GIVES_NO_DIMENSIONS)) {
            format.clearDimensions();
        }
        if (has(GIVES_A_SHORT_STRIDE)) {
            format.setStrideBytes(1);
        }
        media.setVideoFrameSampleFormat(format);
    }

    private void sendSample() {
        MediaSample.Builder sample = MediaSample.newBuilder().setTimestamp(has(SENDS_THE_TIMESTAMP_0) ? 0 : ticks());
        int slot = -1;
        if (memory == null) {
            sample.setContentBytes(ContentBytes.newBuilder().setBytes(ByteString.copyFrom(frame())));
        } else {
            slot = freeSlots.isEmpty() || has(WRITES_TO_REGIONS_IN_FLIGHT) ? 0 : freeSlots.remove();
            sample.setContentReference(ContentReference.newBuilder()
                    .setAddressOffset(memory.write(slot, frame())).setLengthBytes(frame().length));
        }
        samples++;
        send(message().setMediaSample(sample));
        inFlight.put(lastSent, new InFlight(slot, System.nanoTime()));
        if (has(REPEATS_ITS_DESCRIPTOR) && samples == 3) {
            send(message().setMediaStreamDescriptor(descriptor()));
        }
    }

    private long ticks() {
        long now = System.currentTimeMillis() * (has(COUNTS_MILLISECONDS) || has(GIVES_NO_TIMESCALE) ? 1 : 90);
        lastTicks = Math.max(lastTicks + 1, now);
        return lastTicks;
    }

    private byte[] frame() {
        byte[] frame = has(SENDS_WHAT_IS_NO_PICTURE) ? new byte[10] : node.format().frame(samples);
        return has(SENDS_SHORT_FRAMES) ? Arrays.copyOf(frame, frame.length - 1) : frame;
    }

    private MediaStreamMessage.Builder message() {
        lastSent += has(COUNTS_BY_TWO) ? 2 : 1;
        MediaStreamMessage.Builder message = MediaStreamMessage.newBuilder().setSequenceNumber(lastSent);
        if (has(SENDS_AN_UNKNOWN_FIELD)) {
            message.setUnknownFields(UnknownFieldSet.newBuilder().addField(99, UnknownFieldSet.Field.newBuilder()
                    .addVarint(1).build()).build());
        }
        return message;
    }

    private void send(MediaStreamMessage.Builder message) {
        call.sendMessage(message.build().toByteArray());
    }

    private void cancel() {
        ended = true;
        call.cancel("the node gives up", null);
    }

    private boolean has(NodeFault fault) {
        return node.has(fault);
    }
}
