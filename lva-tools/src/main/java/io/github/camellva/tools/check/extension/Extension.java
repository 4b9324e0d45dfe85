package io.github.camellva.tools.check.extension;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.check.BytesMarshaller;
import io.github.camellva.tools.check.Format;
import io.github.camellva.tools.check.Messages;
import io.github.camellva.tools.check.NotApplicable;
import io.github.camellva.tools.check.RuleBroken;
import io.github.camellva.tools.check.Transcript;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;

/** The extension in one case: opens sessions with it, and ends them when the case is over. For one thread. */
final class Extension implements AutoCloseable {

    /** 2021-05-14T21:24:09.436Z. */
    private static final long FIRST_TIMESTAMP = 145_892_470_449_324L;
    private static final int TIMESCALE = 90_000;
    private static final int LARGEST_ANSWER = 64 << 20;
    /** HTTP/2's own default, bytes. */
    private static final int NARROW = 65_535;

    private final Target target;
    private final Profile profile;
    private final Observations observations;
    private final Transcript transcript = new Transcript();
    private final long begun = System.nanoTime();
    private final List<Conversation> conversations = new ArrayList<>();
    private final List<SharedMemoryFile> files = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();

    Extension(Target target, Profile profile, Observations observations) {
        this.target = target;
        this.profile = profile;
        this.observations = observations;
    }

    // sessions

    /** A session, not yet opened, on the case's own connection. */
    Conversation session() {
        return session(target.peer().headers());
    }

    Conversation session(Metadata headers) {
        return session(BytesMarshaller.METHOD, headers);
    }

    Conversation session(String method, Metadata headers) {
        if (channels.isEmpty()) {
            connect();
        }
        return session(channels.get(channels.size() - 1), method, headers);
    }

    /** A session in plain text, whatever the target's connection is. */
    Conversation sessionInPlainText() {
        ManagedChannel channel = io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder
                .forAddress(target.peer().host(), target.peer().port()).usePlaintext().build();
        channels.add(channel);
        return session(channel, BytesMarshaller.METHOD, target.peer().headers());
    }

    /** Sessions that are begun from now on have another connection. */
    void connect() {
        channels.add(target.peer().channel().maxInboundMessageSize(LARGEST_ANSWER).build());
    }

    /** The same, and the extension can send no more than a few answers ahead. */
    void connectNarrowly() {
        channels.add(target.peer().channel().flowControlWindow(NARROW).build());
    }

    private Conversation session(ManagedChannel channel, String method, Metadata headers) {
        Conversation conversation = new Conversation(this, new RawCall(channel, method, headers));
        conversations.add(conversation);
        return conversation;
    }

    /** Whether it serves another node, after all that this case has done to it. */
    void expectItStillServes() {
        transcript.note("another node comes");
        connect();
        Conversation other = session().open();
        other.expectAnswer(other.sendSample());
    }

    // what is sent

    Format format() {
        return profile.format();
    }

    MediaStreamDescriptor.Builder descriptor() {
        return descriptor(format());
    }

    MediaStreamDescriptor.Builder descriptor(Format format) {
        MediaStreamDescriptor.Builder descriptor = descriptorOfInferences();
        descriptor.getMediaDescriptorBuilder().setVideoFrameSampleFormat(format.toMessage());
        return descriptor;
    }

    /** Of samples without content. */
    MediaStreamDescriptor.Builder descriptorOfInferences() {
        return MediaStreamDescriptor.newBuilder()
                .setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName("lva-check").setGraphNodeName("extension"))
                .setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(TIMESCALE));
    }

    MediaSample.Builder sample(int frame) {
        return MediaSample.newBuilder().setTimestamp(timestamp(frame))
                .setContentBytes(ContentBytes.newBuilder().setBytes(ByteString.copyFrom(format().frame(frame))));
    }

    long timestamp(int frame) {
        return FIRST_TIMESTAMP + frame * 3_000L;
    }

    /** A file of shared memory, in which the extension can find frames; gone when the case is over. */
    SharedMemoryFile memory(int bytes) throws IOException {
        SharedMemoryFile file = SharedMemoryFile.create(target.memoryDirectory(), bytes);
        files.add(file);
        transcript.note("shared memory " + file.handle() + " of " + bytes + " bytes");
        return file;
    }

    // what is expected

    int lag() {
        return profile.lag();
    }

    Target target() {
        return target;
    }

    Duration patience() {
        return target.patience();
    }

    /** No longer than the case has left. */
    Duration bounded(Duration wait) {
        Duration left = target.caseTime().minusNanos(System.nanoTime() - begun);
        return left.compareTo(wait) < 0 ? left : wait;
    }

    /** Whether the case has used up its time. */
    boolean isOverdue() {
        return bounded(Duration.ofDays(1)).isNegative();
    }

    Observations observations() {
        return observations;
    }


    Profile profile() {
        return profile;
    }

    /** For cases of a format that the extension may do without. */
    Format served(Format other) {
        if (!profile.serves(other)) {
            throw new NotApplicable(other + " is not served: " + profile.refusals().get(other));
        }
        return other;
    }

    static void require(boolean held, String seen) {
        if (!held) {
            throw new RuleBroken(seen);
        }
    }

    // from conversations

    Transcript transcript() {
        return transcript;
    }

    void answered(MediaStreamMessage message) {
        observations.add(message);
    }

    void ended(Status end) {
        transcript.seen("end of the session: " + Messages.describe(end));
        observations.add(end);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            for (Conversation conversation : conversations) {
                conversation.close();
            }
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
            for (ManagedChannel channel : channels) {
                channel.awaitTermination(50, TimeUnit.MILLISECONDS);
            }
            for (SharedMemoryFile file : files) {
                file.close();
            }
        }
    }
}
