package io.github.camellva.grpc.stream;

import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;

/** What an extension sends in a session, numbered 1, 2, 3, … as it is made. Guarded by the session's lock. */
final class Replies {

    private long lastSent;

    /** To the node's descriptor: who the extension is, and the timescale that both use. */
    MediaStreamMessage descriptor(long acknowledged, String extensionIdentifier, int timescale) {
        return next(acknowledged)
                .setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder()
                        .setExtensionIdentifier(extensionIdentifier)
                        .setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(timescale)))
                .build();
    }

    /** To a sample that has its answer. */
    MediaStreamMessage answer(PendingSample sample) {
        return next(sample.sequenceNumber())
                .setMediaSample(MediaSample.newBuilder()
                        .setTimestamp(sample.timestamp())
                        .addAllInferences(sample.answer()))
                .build();
    }

    private MediaStreamMessage.Builder next(long acknowledged) {
        return MediaStreamMessage.newBuilder().setSequenceNumber(++lastSent).setAckSequenceNumber(acknowledged);
    }
}
