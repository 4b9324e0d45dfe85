package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.grpc.stub.StreamObserver;

/** An extension written with the generated classes; it trusts its nodes. */
final class BareService extends MediaGraphExtensionGrpc.MediaGraphExtensionImplBase {

    private final Transfer transfer;

    /** @param transfer how it reads shared memory, if a node offers some */
    BareService(Transfer transfer) {
        this.transfer = transfer;
    }

    @Override
    public StreamObserver<MediaStreamMessage> processMediaStream(StreamObserver<MediaStreamMessage> replies) {
        return new Session(replies);
    }

    private final class Session implements StreamObserver<MediaStreamMessage> {

        private final StreamObserver<MediaStreamMessage> replies;
        private long lastSent;
        private FileChannel memory;
        private ByteBuffer mapped;

        Session(StreamObserver<MediaStreamMessage> replies) {
            this.replies = replies;
        }

        @Override
        public void onNext(MediaStreamMessage message) {
            try {
                replies.onNext(reply(message)
                        .setSequenceNumber(++lastSent).setAckSequenceNumber(message.getSequenceNumber()).build());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onError(Throwable cause) {
            closeMemory();
        }

        @Override
        public void onCompleted() {
            closeMemory();
            replies.onCompleted();
        }

        private MediaStreamMessage.Builder reply(MediaStreamMessage message) throws IOException {
            if (message.hasMediaStreamDescriptor()) {
                openMemory(message.getMediaStreamDescriptor());
                return MediaStreamMessage.newBuilder().setMediaStreamDescriptor(
                        MediaStreamDescriptor.newBuilder().setExtensionIdentifier("bare"));
            }
            MediaSample sample = message.getMediaSample();
            return MediaStreamMessage.newBuilder().setMediaSample(MediaSample.newBuilder()
                    .setTimestamp(sample.getTimestamp()).addInferences(Inspection.inspect(content(sample))));
        }

        private ByteBuffer content(MediaSample sample) throws IOException {
            return switch (sample.getContentCase()) {
                case CONTENT_BYTES -> sample.getContentBytes().getBytes().asReadOnlyByteBuffer();
                case CONTENT_REFERENCE -> read(sample.getContentReference());
                case CONTENT_NOT_SET -> null;
            };
        }

        private ByteBuffer read(ContentReference reference) throws IOException {
            long offset = reference.getAddressOffset();
            int length = (int) reference.getLengthBytes();
            if (mapped != null) {
                return mapped.slice((int) offset, length);
            }
            ByteBuffer frame = ByteBuffer.allocate(length);
            while (frame.hasRemaining()) {
                memory.read(frame, offset + frame.position());
            }
            return frame.flip();
        }

        private void openMemory(MediaStreamDescriptor descriptor) throws IOException {
            if (!descriptor.hasSharedMemoryBufferTransferProperties()) {
                return;
            }
            SharedMemoryBufferTransferProperties offered = descriptor.getSharedMemoryBufferTransferProperties();
            memory = FileChannel.open(Path.of("/dev/shm", offered.getHandleName()), StandardOpenOption.READ);
            if (transfer == Transfer.MAP) {
                mapped = memory.map(MapMode.READ_ONLY, 0, offered.getLengthBytes());
            }
        }

        private void closeMemory() {
            if (memory != null) {
                try {
                    memory.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
