package io.github.camellva.grpc.stream;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.Script;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.media.SimulatedMemory;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.grpc.wire.AnswerMarshaller;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

/** An extension that answers anything at any time. */
class NodeSessionFuzzTest {

    private static final AnswerMarshaller MARSHALLER = new AnswerMarshaller();

    @FuzzTest
    void everySampleEndsOnceAndNothingIsHeldAfterTheSession(byte[] input) {
        Script script = new Script(input);
        Conversation conversation = new Conversation(script);
        while (script.hasNext()) {
            conversation.step();
        }
        conversation.end();
    }

    private static final class Conversation {

        private final Script script;
        private final VirtualTime time = new VirtualTime();
        private final FakeNodeCall call = new FakeNodeCall();
        private final int maxInFlight;
        private final SimulatedMemory memory;
        private final NodeSession session;
        private final List<CompletableFuture<MediaStreamMessage>> samples = new ArrayList<>();
        private boolean callEnded;

        Conversation(Script script) {
            this.script = script;
            this.maxInFlight = 2 + script.next(3);
            this.memory = script.nextBoolean()
                    ? new SimulatedMemory("memory", 3 * FRAME_BYTES, SharedMemoryAccess.COPY, () -> false)
                    : null;
            this.session = call.start(new NodeSession(
                    Messages.rawDescriptor().build(), memory, maxInFlight, Duration.ofSeconds(1), PipelineMeters.unexported(),
                    time, new Random(1), Runnable::run, call));
            session.ended().thenRun(() -> callEnded = true);
        }

        void step() {
            switch (script.next(12)) {
                case 0, 1 -> receive(MARSHALLER.parse(new ByteArrayInputStream(script.nextBytes())));
                case 2 -> receive(Received.of(Messages.message(script.next(), Messages.rawDescriptor())));
                case 3, 4 -> receive(Received.of(answer(script.next(16))));
                case 5, 6, 7 -> send(script.nextBoolean() ? ByteBuffer.allocate(1 + script.next(4 * FRAME_BYTES)) : null);
                case 8 -> call.ready = false;
                case 9 -> becomeReady();
                case 10 -> time.advance(Duration.ofMillis(10L * script.next()));
                default -> finishOrEnd(script.nextBoolean());
            }
            assertThat(session.inFlight()).isLessThanOrEqualTo(maxInFlight);
        }

        void end() {
            session.finish();
            time.advance(Duration.ofMinutes(1));
            finishOrEnd(false);
            assertThat(samples).allMatch(CompletableFuture::isDone);
            assertThat(session.ended()).isDone();
            assertThat(session.opened()).isDone();
            assertThat(session.room()).isDone();
            assertThat(session.inFlight()).isZero();
            assertThat(time.pending()).isZero();
            if (memory != null) {
                assertThat(memory.freeBytes()).isEqualTo(memory.lengthBytes());
            }
            for (int i = 0; i < call.sent.size(); i++) {
                assertThat(call.sent.get(i).getSequenceNumber()).isEqualTo(i + 1);
            }
        }

        private MediaStreamMessage answer(int number) {
            MediaStreamMessage.Builder answer = MediaStreamMessage.newBuilder().setAckSequenceNumber(number);
            return script.nextBoolean() ? answer.setMediaSample(Messages.sample(1)).build() : answer.build();
        }

        private void receive(Received received) {
            if (callEnded) {
                return;
            }
            if (received.refusal() == null) {
                session.onMessage(received.message());
            } else {
                session.onEnd(received.refusal());
            }
        }

        private void send(ByteBuffer content) {
            samples.add(session.send(samples.size(), content, List.of()));
        }

        private void becomeReady() {
            call.ready = true;
            if (!callEnded) {
                session.onReady();
            }
        }

        private void finishOrEnd(boolean orderly) {
            if (orderly) {
                session.finish();
            } else if (!callEnded) {
                session.onEnd(Status.UNAVAILABLE.withDescription("io exception"));
            }
        }
    }
}
