package io.github.camellva.grpc.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.reference;
import static io.github.camellva.grpc.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;

class FrameContentBytesTest {

    @TempDir
    Path directory;

    @Test
    void referencesThatCannotBeFramesCountNothing() throws Exception {
        Files.write(directory.resolve("handle"), new byte[1000]);
        SharedMemory memory = SharedMemory.open(directory, "handle", 1000, SharedMemoryAccess.COPY, 1000);
        SampleFormat jpg = SampleFormat.encoded(Encoding.JPG, 0, 0);
        SampleFormat raw = SampleFormat.raw(PixelFormat.BGR24, 10, 10, 0, 1000);
        assertThat(bytes(jpg, memory, reference(1, 0, 1000))).isEqualTo(1000);
        assertThat(bytes(jpg, memory, reference(1, 0, 1001))).isZero();
        assertThat(bytes(jpg, memory, reference(1, 1, 1000))).isZero();
        assertThat(bytes(jpg, memory, reference(1, 0, -1))).isZero();
        assertThat(bytes(jpg, memory, reference(1, 0, Long.MAX_VALUE))).isZero();
        assertThat(bytes(jpg, null, reference(1, 0, 10))).isZero();
        assertThat(bytes(raw, memory, reference(1, 0, 301))).as("the frame, not the byte too many").isEqualTo(300);
        assertThat(bytes(raw, memory, reference(1, 0, 299))).isZero();
        assertThat(bytes(null, memory, reference(1, 0, 10))).isZero();
        memory.release();
    }

    @Test
    void embeddedBytesCountAndNoContentCountsNothing() {
        assertThat(bytes(null, null, embedded(1, new byte[7]))).isEqualTo(7);
        assertThat(bytes(null, null, sample(1))).isZero();
    }

    private static long bytes(SampleFormat format, SharedMemory memory, MediaSample.Builder sample) {
        SessionDescription session = new SessionDescription(
                "id", "peer", GraphIdentifier.getDefaultInstance(), "", 0, Optional.ofNullable(format), Map.of());
        Frame frame = new Frame(null, session, 1, sample.build(), memory, 0);
        try {
            return frame.contentBytes();
        } finally {
            frame.release();
        }
    }
}
