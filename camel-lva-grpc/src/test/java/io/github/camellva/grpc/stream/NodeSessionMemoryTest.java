package io.github.camellva.grpc.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of slots in shared memory when something happens to the session while a frame is written. */
class NodeSessionMemoryTest {

    private static final ByteBuffer FRAME = ByteBuffer.allocate(24);

    private final FakeNodeCall call = new FakeNodeCall();
    private final WatchedMemory memory = new WatchedMemory();
    private final NodeSession session = call.start(new NodeSession(
            rawDescriptor().build(), memory, 2, Duration.ofMinutes(1), PipelineMeters.unexported(), new VirtualTime(), new Random(1),
            Runnable::run, call));

    @Test
    void aSlotIsGivenBackWhenTheSessionEndsWhileTheFrameIsWritten() {
        call.answerDescriptor();
        memory.onWrite = () -> session.onEnd(Status.UNAVAILABLE.withDescription("gone"));
        assertFails(session.send(5, FRAME, List.of()), "the session has ended", "gone");
        assertThat(memory.taken).isZero();
    }

    @Test
    void aSlotIsGivenBackWhenAnotherSampleTakesThePlaceWhileTheFrameIsWritten() {
        call.answerDescriptor();
        memory.onWrite = () -> {
            memory.onWrite = () -> { };
            session.send(6, null, List.of());
            session.send(7, null, List.of());
        };
        assertFails(session.send(5, FRAME, List.of()), "2 samples are unanswered");
        assertThat(memory.taken).isZero();
        assertThat(call.sent).extracting(sent -> sent.getMediaSample().getTimestamp()).containsExactly(0L, 6L, 7L);
    }

    @Test
    void aSlotIsKeptUntilItsSampleIsAnswered() {
        call.answerDescriptor();
        session.send(5, FRAME, List.of());
        assertThat(memory.taken).isEqualTo(1);
        session.onMessage(MediaStreamMessage.newBuilder().setAckSequenceNumber(2).build());
        assertThat(memory.taken).isZero();
    }

    @Test
    void aFrameForWhichThereIsNoPlaceIsNotWritten() {
        session.send(5, null, List.of());
        session.send(6, null, List.of());
        assertFails(session.send(7, FRAME, List.of()), "2 samples are unanswered");
        assertThat(memory.written).isZero();
    }

    @Test
    void theEndOfTheSessionIsToldRatherThanThatItsMemoryIsClosed() {
        call.answerDescriptor();
        memory.failure = new IOException("closed");
        memory.onWrite = () -> session.onEnd(Status.UNAVAILABLE.withDescription("gone"));
        assertFails(session.send(5, FRAME, List.of()), "the session has ended", "gone");
    }

    @Test
    void aFrameThatCannotBeWrittenFailsInWords() {
        call.answerDescriptor();
        memory.failure = new IOException("No space left on device");
        assertFails(session.send(5, FRAME, List.of()), "the sample was not sent", "No space left on device");
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void aSessionIsOpenUntilItIsFinished() {
        call.answerDescriptor();
        assertThat(session.isOpen()).isTrue();
        assertThat(session.wasFinished()).isFalse();
        session.finish();
        assertThat(session.isOpen()).isFalse();
        assertThat(session.wasFinished()).isTrue();
    }

    @Test
    void aSessionThatTheExtensionEndedWasNotFinished() {
        session.onEnd(Status.UNAVAILABLE);
        assertThat(session.isOpen()).isFalse();
        assertThat(session.wasFinished()).isFalse();
    }

    @Test
    void aSessionIsNamedByItsIdAndGraph() {
        assertThat(session.toString()).contains("session " + session.id(), "camera-1");
        assertThat(session.id()).hasSize(16);
    }

    private static void assertFails(CompletableFuture<?> future, String... parts) {
        assertThatThrownBy(future::join).hasCauseInstanceOf(UnansweredException.class)
                .satisfies(e -> assertThat(e.getCause().getMessage()).contains(parts));
    }

    /** Counts its slots, and lets things happen while a frame is written. */
    private static final class WatchedMemory implements FrameMemory {

        private Runnable onWrite = () -> { };
        private IOException failure;
        private int written;
        private int taken;

        @Override
        public String handleName() {
            return "handle";
        }

        @Override
        public int lengthBytes() {
            return 1000;
        }

        @Override
        public long freeBytes() {
            return 1000;
        }

        @Override
        public Optional<Slot> write(ByteBuffer frame) throws IOException {
            onWrite.run();
            if (failure != null) {
                throw failure;
            }
            written++;
            taken++;
            return Optional.of(new WatchedSlot());
        }

        @Override
        public void close() {
            // nothing to close
        }

        private final class WatchedSlot implements Slot {

            private boolean released;

            @Override
            public long offset() {
                return 0;
            }

            @Override
            public long length() {
                return 24;
            }

            @Override
            public void release() {
                taken -= released ? 0 : 1;
                released = true;
            }
        }
    }
}
