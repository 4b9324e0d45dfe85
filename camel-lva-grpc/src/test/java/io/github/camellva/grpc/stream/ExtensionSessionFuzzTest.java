package io.github.camellva.grpc.stream;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.Script;
import io.github.camellva.grpc.wire.FrameMarshaller;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;

import static org.assertj.core.api.Assertions.assertThat;

/** A node that sends anything, in any order, to a session whose route, network and operator do what they like. */
class ExtensionSessionFuzzTest {

    private static final FrameMarshaller MARSHALLER = new FrameMarshaller(1 << 20);

    @FuzzTest
    void everySampleThatKeptToTheRulesIsAcknowledgedOnceAndTheSessionEnds(byte[] input) {
        Script script = new Script(input);
        Conversation conversation = new Conversation(script);
        while (script.hasNext()) {
            conversation.step();
        }
        conversation.end();
    }

    private static final class Conversation {

        private final Script script;
        private final SessionFixture fixture = new SessionFixture();
        private final FakeExtensionCall call = fixture.call;
        /** Numbers of all samples that came. */
        private final List<Long> samples = new ArrayList<>();
        /** Numbers of those that came before the node broke a rule. */
        private final List<Long> lawful = new ArrayList<>();
        private int received;
        private boolean described;
        private boolean unlawful;
        private long lastNumber;
        private boolean halfClosed;
        private boolean callEnded;

        Conversation(Script script) {
            this.script = script;
            fixture.maxInFlight = 1 + script.next(4);
            fixture.overflow = script.nextBoolean() ? Overflow.SKIP : Overflow.BLOCK;
            fixture.answerOrder = script.nextBoolean() ? AnswerOrder.COMPLETION : AnswerOrder.REQUEST;
            fixture.onFailure = script.nextBoolean() ? OnFailure.CLOSE : OnFailure.ACK;
            fixture.session();
        }

        void step() {
            switch (script.next(16)) {
                case 0, 1 -> receive(MARSHALLER.parse(new ByteArrayInputStream(script.nextBytes())));
                case 2 -> receive(Messages.message(lastNumber + script.next(3), Messages.rawDescriptor()));
                case 3 -> receive(Messages.message(lastNumber + 1, Messages.encodedDescriptor(Encoding.JPG)));
                case 4, 5 -> receive(sample(Messages.embedded(script.next(), new byte[script.next()])));
                case 6 -> receive(sample(Messages.sample(script.next()).addInferences(Messages.entity("a"))));
                case 7 -> receive(sample(Messages.reference(0, script.nextLong(), script.nextLong())));
                case 8, 9 -> inRoute().ifPresent(number -> fixture.route.found(number, "found"));
                case 10 -> inRoute().ifPresent(number -> fixture.route.fail(number, new IllegalStateException("failed")));
                case 11 -> call.ready = false;
                case 12 -> becomeReady();
                case 13 -> fixture.time.advance(Duration.ofSeconds(script.next()));
                case 14 -> operate(script.next(4));
                default -> endOfNode(script.nextBoolean());
            }
            fixture.route.runTasks();
            assertThat(fixture.session().inRoute()).isLessThanOrEqualTo(fixture.maxInFlight);
        }

        void end() {
            becomeReady();
            fixture.session().stop(Status.UNAVAILABLE.withDescription("the test is over"));
            fixture.route.runTasks();
            for (long number : fixture.route.inRoute()) {
                fixture.route.foundNothing(number);
            }
            if (!callEnded) {
                assertThat(call.closed).as("status").isNotNull();
                assertThat(call.closed.getDescription()).isNotEqualTo("the extension failed");
                assertThat(call.acks()).containsAll(lawful);
            }
            fixture.session().onCallEnded();
            fixture.route.runTasks();
            assertThat(fixture.route.frames).isEmpty();
            assertThat(fixture.timesClosed).isEqualTo(1);
            assertThat(fixture.time.pending()).isZero();
            List<Long> left = new ArrayList<>(samples);
            call.acks().forEach(number -> assertThat(left.remove(number)).as("acknowledged: %s", number).isTrue());
            for (int i = 0; i < call.sent.size(); i++) {
                assertThat(call.sent.get(i).getSequenceNumber()).isEqualTo(i + 1);
            }
        }

        private MediaStreamMessage sample(MediaSample.Builder sample) {
            return Messages.message(lastNumber + 1, sample);
        }

        private void receive(MediaStreamMessage message) {
            receive(Received.of(message));
        }

        /** As gRPC does, only what was asked for. */
        private void receive(Received message) {
            if (callEnded || halfClosed || call.requested <= received) {
                return;
            }
            received++;
            if (call.closed == null) {
                keepBooks(message);
            }
            fixture.session().onMessage(message);
        }

        private void keepBooks(Received incoming) {
            MediaStreamMessage message = incoming.message();
            if (message == null) {
                unlawful = true;
                return;
            }
            boolean increases = Long.compareUnsigned(message.getSequenceNumber(), lastNumber) > 0;
            unlawful |= message.hasMediaStreamDescriptor() == described || described && !increases;
            described = true;
            lastNumber = message.getSequenceNumber();
            if (message.hasMediaSample()) {
                samples.add(lastNumber);
                if (!unlawful) {
                    lawful.add(lastNumber);
                }
            }
        }

        private Optional<Long> inRoute() {
            List<Long> numbers = fixture.route.inRoute();
            return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers.get(script.next(numbers.size())));
        }

        private void becomeReady() {
            call.ready = true;
            if (!callEnded) {
                fixture.session().onReady();
            }
        }

        private void operate(int what) {
            switch (what) {
                case 0 -> fixture.session().suspend();
                case 1 -> fixture.session().resume();
                case 2 -> fixture.session().stop(Status.UNAVAILABLE.withDescription("stopped"));
                default -> fixture.session().close(Status.UNAVAILABLE.withDescription("closed"));
            }
        }

        private void endOfNode(boolean orderly) {
            if (callEnded) {
                return;
            }
            if (!orderly) {
                callEnded = true;
                fixture.session().onCallEnded();
            } else if (!halfClosed) {
                halfClosed = true;
                fixture.session().onHalfClose();
            }
        }
    }
}
