package io.github.camellva.examples.benchmark;

import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;

/** What a node says first. */
final class Descriptors {

    private static final int TIMESCALE = 90_000;

    private Descriptors() {
    }

    /** @param memory what it offers; null when it embeds its frames */
    static MediaStreamDescriptor of(Load load, SharedFrames memory) {
        MediaStreamDescriptor.Builder descriptor = MediaStreamDescriptor.newBuilder()
                .setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName("benchmark").setGraphNodeName("load"))
                .setMediaDescriptor(MediaDescriptor.newBuilder()
                        .setTimescale(TIMESCALE).setVideoFrameSampleFormat(load.payload().format()));
        if (memory != null) {
            descriptor.setSharedMemoryBufferTransferProperties(SharedMemoryBufferTransferProperties.newBuilder()
                    .setHandleName(memory.handleName()).setLengthBytes(memory.lengthBytes()));
        }
        return descriptor.build();
    }
}
