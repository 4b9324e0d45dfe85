package io.github.camellva.grpc.stream;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.Script;
import io.github.camellva.grpc.wire.FrameMarshaller;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class HandshakeFuzzTest {

    private static final FrameMarshaller MARSHALLER = new FrameMarshaller(1 << 20);

    @TempDir
    static Path directory;

    @BeforeAll
    static void offerMemory() throws Exception {
        Files.write(directory.resolve("memory"), Messages.pixels(4096, 1));
    }

    @FuzzTest
    void aDescriptorIsAnsweredOrRefusedWithAReason(byte[] input) {
        Script script = new Script(input);
        SessionFixture fixture = new SessionFixture();
        fixture.sharedMemoryDirectory = script.nextBoolean() ? directory : null;
        fixture.encodings = EnumSet.allOf(Encoding.class);
        fixture.encodings.remove(Encoding.UNRECOGNIZED);
        Received received = MARSHALLER.parse(new ByteArrayInputStream(script.rest()));
        fixture.session().onMessage(received);
        fixture.route.runTasks();
        if (fixture.call.closed == null) {
            MediaStreamMessage answer = fixture.call.sent.get(0);
            assertThat(fixture.call.sent).hasSize(1);
            assertThat(answer.getSequenceNumber()).isEqualTo(1);
            assertThat(answer.getAckSequenceNumber()).isEqualTo(received.message().getSequenceNumber());
            assertThat(answer.hasMediaStreamDescriptor()).isTrue();
        } else {
            assertThat(fixture.call.sent).isEmpty();
            assertThat(fixture.call.closed.getCode())
                    .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND, Status.Code.RESOURCE_EXHAUSTED);
            assertThat(fixture.call.closed.getDescription()).isNotBlank().hasSizeLessThan(1000)
                    .doesNotContainPattern("\\p{Cntrl}").doesNotContain(directory.toString());
        }
        fixture.session().onCallEnded();
        fixture.route.runTasks();
        assertThat(fixture.timesClosed).isEqualTo(1);
        assertThat(fixture.time.pending()).isZero();
    }
}
