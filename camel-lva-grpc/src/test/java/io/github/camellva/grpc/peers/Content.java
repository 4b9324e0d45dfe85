package io.github.camellva.grpc.peers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.github.camellva.proto.VideoFrameSampleFormat;

/**
 * Where a server finds the frames of a stream.
 *
 * @param memory null if frames are embedded
 */
record Content(VideoFrameSampleFormat format, ByteBuffer memory) {

    /**
     * @param  mode        as {@link RandomAccessFile} has it
     * @throws IOException if the shared memory that the node offers cannot be opened
     */
    static Content of(MediaStreamDescriptor descriptor, Path directory, String mode) throws IOException {
        return new Content(
                descriptor.getMediaDescriptor().getVideoFrameSampleFormat(),
                descriptor.hasSharedMemoryBufferTransferProperties()
                        ? map(descriptor.getSharedMemoryBufferTransferProperties(), directory, mode)
                        : null);
    }

    ByteBuffer of(MediaSample sample) {
        if (!sample.hasContentReference()) {
            return sample.getContentBytes().getBytes().asReadOnlyByteBuffer();
        }
        ContentReference region = sample.getContentReference();
        return memory.slice(Math.toIntExact(region.getAddressOffset()), Math.toIntExact(region.getLengthBytes()));
    }

    private static ByteBuffer map(SharedMemoryBufferTransferProperties buffer, Path directory, String mode) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve(buffer.getHandleName()).toFile(), mode)) {
            if (file.length() < buffer.getLengthBytes()) {
                throw new IOException("mmap length is greater than file size");
            }
            return file.getChannel().map(
                    mode.equals("r") ? MapMode.READ_ONLY : MapMode.READ_WRITE, 0, buffer.getLengthBytes());
        }
    }
}
