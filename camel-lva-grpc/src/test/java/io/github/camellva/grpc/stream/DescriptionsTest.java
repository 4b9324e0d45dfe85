package io.github.camellva.grpc.stream;

import java.io.IOException;
import java.net.ConnectException;

import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;

class DescriptionsTest {

    @Test
    void aStatusIsItsCodeAndWhatThePeerSaid() {
        assertThat(Descriptions.of(Status.UNAVAILABLE)).isEqualTo("UNAVAILABLE");
        assertThat(Descriptions.of(Status.UNAVAILABLE.withDescription("io exception"))).isEqualTo("UNAVAILABLE: io exception");
    }

    @Test
    void theReasonIsThatOfTheFirstCause() {
        Exception refused = new IllegalStateException("outer", new IllegalArgumentException("Connection refused"));
        assertThat(Descriptions.of(Status.UNAVAILABLE.withDescription("io exception").withCause(refused)))
                .isEqualTo("UNAVAILABLE: io exception (Connection refused)");
    }

    @Test
    void aRefusedConnectionIsCalledSo() {
        Exception refused = new IOException("outer", new ConnectException("finishConnect(..) failed with error(-111): Connection refused"));
        assertThat(Descriptions.of(Status.UNAVAILABLE.withDescription("io exception").withCause(refused)))
                .isEqualTo("connection refused, nothing listens there (UNAVAILABLE)");
    }

    @Test
    void refusedCredentialsNameTheOptions() {
        assertThat(Descriptions.of(Status.UNAUTHENTICATED)).startsWith("UNAUTHENTICATED").contains("username", "password");
    }

    @Test
    void aCauseWithoutMessageSaysNothing() {
        assertThat(Descriptions.of(Status.UNAVAILABLE.withDescription("io exception").withCause(new IllegalStateException())))
                .isEqualTo("UNAVAILABLE: io exception");
    }

    @Test
    void whatAPeerSaysIsFitForOneLine() {
        assertThat(Descriptions.of(Status.INTERNAL.withDescription("a\nb\u001b"))).doesNotContain("\n", "\u001b");
    }

    @Test
    void aFormatIsItsEncodingAndSizeAndWithoutOneThereAreInferencesOnly() {
        assertThat(Descriptions.formatOf(rawDescriptor().build())).startsWith("RAW BGR24 ").matches(".* \\d+x\\d+");
        assertThat(Descriptions.formatOf(jpg())).isEqualTo("JPG 0x0");
        assertThat(Descriptions.formatOf(MediaStreamDescriptor.getDefaultInstance())).isEqualTo("inferences only");
    }

    @Test
    void waysOfTransferHaveNames() {
        assertThat(DataTransfer.values()).extracting(DataTransfer::label).doesNotHaveDuplicates().allMatch(label -> !label.isEmpty());
        assertThat(SampleOutcome.values()).extracting(SampleOutcome::label).doesNotHaveDuplicates()
                .allMatch(label -> !label.isEmpty());
    }

    private static MediaStreamDescriptor jpg() {
        return MediaStreamDescriptor.newBuilder().setMediaDescriptor(MediaDescriptor.newBuilder()
                .setVideoFrameSampleFormat(VideoFrameSampleFormat.newBuilder().setEncoding(Encoding.JPG))).build();
    }
}
