package io.github.camellva.grpc.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.camellva.grpc.RawNode;
import io.github.camellva.grpc.TestNode;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.DataTransfer;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;
import io.grpc.Status.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

/** Our node with the extension servers that people run. Side by side, since most of these tests wait for what never comes. */
@Execution(ExecutionMode.CONCURRENT)
class PublishedServersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Soon enough over for an answer that never comes, long enough for one that does. */
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int OVER_4_MB = 4_200_000;

    @TempDir
    Path directory;

    static Stream<Arguments> serversAndTransfers() {
        return Stream.of(Published.values()).flatMap(published -> Stream.of(
                Arguments.of(published, DataTransfer.EMBEDDED), Arguments.of(published, DataTransfer.SHARED_MEMORY)));
    }

    @ParameterizedTest
    @CsvSource({
            "MICROSOFT_CSHARP, 0, 0, 1, 0",
            "MICROSOFT_YOLO, 1, 1, 2, 90",
            "NVIDIA_DEEPSTREAM, 1, 1, 2, 90",
            "INTEL_UP_TO_06, 1, 1, 0, 90",
            "INTEL_07, 1, 1, 0, 90" })
    void repliesAreNumberedAndTimedAsTheServersDo(
            Published published, long descriptorNumber, long descriptorAck, long sampleNumber, long timestamp)
            throws Exception {
        try (PublishedServer server = published.in(directory).start(); RawNode node = RawNode.connect(server.port())) {
            node.send(server.descriptor(FRAME_BYTES).toBuilder());
            node.send(embedded(90, server.frame(FRAME_BYTES, 1))).send(embedded(90, server.frame(FRAME_BYTES, 2)));
            MediaStreamMessage descriptor = node.receive();
            assertThat(descriptor.getSequenceNumber()).isEqualTo(descriptorNumber);
            assertThat(descriptor.getAckSequenceNumber()).isEqualTo(descriptorAck);
            assertThat(descriptor.getMediaStreamDescriptor().hasMediaDescriptor()).isTrue();
            assertThat(descriptor.getMediaStreamDescriptor().getExtensionIdentifier()).isEmpty();
            MediaStreamMessage sample = node.receive();
            assertThat(sample.getSequenceNumber()).isEqualTo(sampleNumber);
            assertThat(sample.getAckSequenceNumber()).isBetween(2L, 3L);
            assertThat(sample.getMediaSample().getTimestamp()).isEqualTo(timestamp);
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndTransfers")
    void withTwoInFlightEveryFrameIsAnsweredWithItsOwn(Published published, DataTransfer transfer) throws Exception {
        try (PublishedServer server = published.in(directory).start();
             Node node = new Node(server, transfer, FRAME_BYTES, 2, PATIENCE)) {
            List<CompletableFuture<MediaStreamMessage>> answers = node.send(0, 300);
            for (int i = 0; i < 299; i++) {
                node.assertAnswered(i, answers.get(i));
            }
            assertLast(published, node, answers.get(299));
            node.assertAllSlotsFree();
        }
    }

    /** The last frame has no request after it. */
    private static void assertLast(Published published, Node node, CompletableFuture<MediaStreamMessage> last) throws Exception {
        switch (published) {
            case NVIDIA_DEEPSTREAM -> {
                assertThat(last).isNotDone();
                node.finish();
                assertFails(last, "before sample 301 was answered: the extension closed it without an error");
            }
            case INTEL_UP_TO_06 -> {
                assertThat(last).isNotDone();
                node.finish();
                node.assertAnswered(299, last);
            }
            default -> {
                node.assertAnswered(299, last);
                node.finish();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndTransfers")
    void ofManyFramesOnlyThoseWithALostAckFailAndNoSlotIsLost(Published published, DataTransfer transfer) throws Exception {
        int frames = 4_000;
        // in flight may be more than are lost, so that the others go on
        try (PublishedServer server = published.in(directory).losing(1, 7).start();
             Node node = new Node(server, transfer, FRAME_BYTES, 64, PATIENCE)) {
            node.awaitOpen();
            List<CompletableFuture<MediaStreamMessage>> answers = node.send(0, frames);
            // the last one may be held until there is another
            await().until(() -> answers.stream().filter(CompletableFuture::isDone).count() >= frames - server.lost() - 1);
            node.finish();

            List<Integer> failed = new ArrayList<>();
            List<Integer> wrong = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).isCompletedExceptionally()) {
                    assertFails(answers.get(i), "sample " + (i + 2));
                    failed.add(i);
                } else if (!node.isOwn(i, answers.get(i).join())) {
                    wrong.add(i);
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(server.lost()).isBetween(20, 60);
            int dropped = published == Published.NVIDIA_DEEPSTREAM ? 1 : 0;
            assertThat(failed).hasSize(server.lost() + dropped);
            node.assertAllSlotsFree();
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndTransfers")
    void placesAndSlotsOfFramesThatWereGivenUpAreFreeForOthers(Published published, DataTransfer transfer) throws Exception {
        try (PublishedServer server = published.in(directory).losing(100, 1).start();
             Node node = new Node(server, transfer, FRAME_BYTES, 8, SHORT)) {
            node.awaitOpen();
            node.send(0, 8).forEach(answer -> assertFails(answer, "not answered within 500 ms"));
            server.losing(0, 1);
            if (transfer == DataTransfer.SHARED_MEMORY) {
                // these servers may still read the regions: another session has memory of its own
                assertFails(node.send(8), "the session is finishing");
                assertThat(node.awaitEnd().isOk()).isTrue();
                node.assertAllSlotsFree();
            } else {
                node.assertAnswersInTheEnd(8);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Published.class)
    void onlyServersThatReplyWithTheNextRequestLeaveALoneFrameUnanswered(Published published) throws Exception {
        boolean unanswered = published == Published.NVIDIA_DEEPSTREAM || published == Published.INTEL_UP_TO_06;
        try (PublishedServer server = published.in(directory).start();
             Node node = new Node(server, DataTransfer.EMBEDDED, FRAME_BYTES, 1, unanswered ? SHORT : PATIENCE)) {
            node.awaitOpen();
            CompletableFuture<MediaStreamMessage> answer = node.send(0);
            if (unanswered) {
                assertFails(answer, "sample 2 was not answered within 500 ms");
            } else {
                node.assertAnswered(0, answer);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
            "MICROSOFT_CSHARP, INVALID_ARGUMENT, encoding JPG is not supported",
            "MICROSOFT_YOLO, INVALID_ARGUMENT, 640 x 360 pixels is not supported",
            "INTEL_UP_TO_06, UNKNOWN, encoding JPG is not supported",
            "INTEL_07, UNKNOWN, encoding JPG is not supported" })
    void aRefusedDescriptorFailsWithTheServersCodeAndText(Published published, Code code, String text) throws Exception {
        try (PublishedServer server = published.in(directory).start();
             Node node = new Node(server, notServed(), DataTransfer.SHARED_MEMORY, FRAME_BYTES, 2, PATIENCE)) {
            CompletableFuture<MediaStreamMessage> sample = node.send(0);
            assertFails(node.session.opened(), code.toString(), text);
            assertFails(sample, code.toString(), text);
            assertThat(node.awaitEnd().getCode()).isEqualTo(code);
            node.assertAllSlotsFree();
        }
    }

    @Test
    void aServerThatSwallowsABadDescriptorIsLeftInTime() throws Exception {
        try (PublishedServer server = new DeepStreamServer(directory).start();
             Node node = new Node(server, notServed(), DataTransfer.SHARED_MEMORY, FRAME_BYTES, 2, SHORT)) {
            assertFails(node.send(0), "did not answer the descriptor within 500 ms");
            assertFails(node.session.opened(), "did not answer the descriptor within 500 ms");
            assertThat(node.awaitEnd().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
            node.assertAllSlotsFree();
        }
    }

    @ParameterizedTest
    @EnumSource(Published.class)
    void sharedMemoryThatTheServerDoesNotSeeFailsClearly(Published published) throws Exception {
        try (PublishedServer server = published.in(directory.resolve("another")).start();
             Node node = new Node(server, DataTransfer.SHARED_MEMORY, FRAME_BYTES, 2, SHORT)) {
            switch (published) {
                case NVIDIA_DEEPSTREAM -> assertFails(node.send(0), "did not answer the descriptor within 500 ms");
                case MICROSOFT_CSHARP -> assertFails(node.session.opened(), "UNKNOWN");
                default -> assertFails(node.session.opened(), "No such file");
            }
            await().untilAsserted(node::assertAllSlotsFree);
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndTransfers")
    void aServerThatGoesAwayFailsWhatIsInFlight(Published published, DataTransfer transfer) throws Exception {
        try (PublishedServer server = published.in(directory).losing(100, 1).start();
             Node node = new Node(server, transfer, FRAME_BYTES, 8, PATIENCE)) {
            node.awaitOpen();
            List<CompletableFuture<MediaStreamMessage>> answers = node.send(0, 8);
            server.close();
            for (CompletableFuture<MediaStreamMessage> answer : answers) {
                assertFails(answer, "the session ended before sample");
            }
            // the latter where it resets its streams before it closes the connection
            assertThat(node.awaitEnd().getCode()).isIn(Code.UNAVAILABLE, Code.CANCELLED);
            node.assertAllSlotsFree();
            assertFails(node.send(9), "not sent", "the session has ended");
        }
    }

    @ParameterizedTest
    @EnumSource(Published.class)
    void aStreamMoreThanTheServerTakesIsLeftInTimeAndServedWhenAnotherHasEnded(Published published) throws Exception {
        List<Node> others = new ArrayList<>();
        try (PublishedServer server = published.in(directory).start()) {
            for (int i = 0; i < server.streamsAtOnce(); i++) {
                others.add(new Node(server, DataTransfer.EMBEDDED, FRAME_BYTES, 2, PATIENCE));
                others.get(i).awaitOpen();
            }
            try (Node further = new Node(server, DataTransfer.SHARED_MEMORY, FRAME_BYTES, 2, SHORT)) {
                assertFails(further.send(0), "did not answer the descriptor within 500 ms");
                assertThat(further.awaitEnd().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
                further.assertAllSlotsFree();
            }
            try (Node patient = new Node(server, DataTransfer.SHARED_MEMORY, FRAME_BYTES, 2, PATIENCE)) {
                List<CompletableFuture<MediaStreamMessage>> held = patient.send(1, 2);
                assertThat(patient.session.opened()).isNotDone();
                others.get(0).finish();
                patient.awaitOpen();
                patient.assertAnswered(1, held.get(0));
            }
        } finally {
            others.forEach(Node::close);
        }
    }

    @Test
    void aPendingStreamHoldsNoMoreFramesThanMayBeInFlightAndSendsThemWhenItIsServed() throws Exception {
        try (PublishedServer server = new CSharpServer(directory).start();
             Node served = new Node(server, DataTransfer.EMBEDDED, FRAME_BYTES, 2, PATIENCE)) {
            served.awaitOpen();
            try (Node further = new Node(server, DataTransfer.EMBEDDED, OVER_4_MB, 2, PATIENCE)) {
                List<CompletableFuture<MediaStreamMessage>> held = further.send(0, 2);
                assertFails(further.send(2), "not sent", "2 samples are unanswered");

                served.finish();
                further.assertAnswered(0, held.get(0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Published.class, mode = EXCLUDE, names = "MICROSOFT_CSHARP")
    void aMessageAboveTheServersLimitFailsWithItsSize(Published published) throws Exception {
        try (PublishedServer server = published.in(directory).start();
             Node node = new Node(server, DataTransfer.EMBEDDED, OVER_4_MB, 2, PATIENCE)) {
            assertFails(node.send(0), "RESOURCE_EXHAUSTED", "larger than max (42000", "vs. 4194304)");
        }
    }

    @ParameterizedTest
    @CsvSource({
            "MICROSOFT_CSHARP, EMBEDDED",
            "MICROSOFT_CSHARP, SHARED_MEMORY",
            "MICROSOFT_YOLO, SHARED_MEMORY",
            "NVIDIA_DEEPSTREAM, SHARED_MEMORY",
            "INTEL_UP_TO_06, SHARED_MEMORY",
            "INTEL_07, SHARED_MEMORY" })
    void aLargeFrameIsServedWhereNoLimitOfMessagesIsInItsWay(Published published, DataTransfer transfer) throws Exception {
        try (PublishedServer server = published.in(directory).start();
             Node node = new Node(server, transfer, OVER_4_MB, 2, PATIENCE)) {
            node.assertAnswered(0, node.send(0, 2).get(0));
        }
    }

    @Test
    void batchesAreAckedEarlyAndTheLastFrameCarriesTheFindingsOfAll() throws Exception {
        try (PublishedServer server = CSharpServer.inBatchesOf(3, directory).start();
             Node node = new Node(server, DataTransfer.SHARED_MEMORY, FRAME_BYTES, 2, PATIENCE)) {
            List<CompletableFuture<MediaStreamMessage>> answers = node.send(0, 6);
            for (int i = 0; i < 6; i++) {
                IntStream findings = i % 3 < 2 ? IntStream.empty() : IntStream.rangeClosed(i - 2, i);
                assertThat(get(answers.get(i)).getMediaSample().getInferencesList()).isEqualTo(findings.mapToObj(node::findingIn).toList());
            }
            node.finish();
            node.assertAllSlotsFree();
        }
    }

    @Test
    void aPictureThatCannotBeDecodedIsTheOnlyOneToFail() throws Exception {
        try (PublishedServer server = new YoloServer(directory).start();
             Node node = new Node(server, DataTransfer.SHARED_MEMORY, FRAME_BYTES, 2, Duration.ofSeconds(2))) {
            node.awaitOpen();
            CompletableFuture<MediaStreamMessage> undecodable = node.session.send(0, ByteBuffer.allocate(FRAME_BYTES), List.of());
            node.assertAnswersInTheEnd(1);
            // its session is half-closed when it has been quiet, since some extensions answer late; this one does not
            assertFails(undecodable, "sample 2");
            node.finish();
            node.assertAllSlotsFree();
        }
    }

    @Test
    void aFrameShorterThanTheServerReadsFailsTheSessionWithItsCode() throws Exception {
        try (PublishedServer server = new CSharpServer(directory).start();
             Node node = new Node(server, DataTransfer.SHARED_MEMORY, FRAME_BYTES, 2, PATIENCE)) {
            CompletableFuture<MediaStreamMessage> tooShort = node.session.send(0, ByteBuffer.allocate(FRAME_BYTES - 1), List.of());
            assertFails(tooShort, "OUT_OF_RANGE", "not inside its content");
            node.assertAllSlotsFree();
        }
    }

    @Test
    void framesForWhichAServersQueueHasNoRoomAreTheOnlyOnesToFail() throws Exception {
        int dropped = 3;
        int first = DeepStreamServer.QUEUE + dropped;
        try (PublishedServer server = DeepStreamServer.startingAfter(first, directory).start();
             Node node = new Node(server, DataTransfer.SHARED_MEMORY, FRAME_BYTES, first + 1, SHORT)) {
            node.awaitOpen();
            List<CompletableFuture<MediaStreamMessage>> answers = node.send(0, first + 1);
            for (int i = 0; i < first; i++) {
                if (i < DeepStreamServer.QUEUE) {
                    node.assertAnswered(i, answers.get(i));
                } else {
                    // for want of time, or with the session, which is half-closed when it has been quiet
                    assertFails(answers.get(i), "sample " + (i + 2));
                }
            }
            node.finish();
            node.assertAllSlotsFree();
        }
    }

    /** JPG of 640 x 360 pixels. */
    private static MediaStreamDescriptor notServed() {
        return encodedDescriptor(Encoding.JPG).build();
    }

    private static MediaStreamMessage get(CompletableFuture<MediaStreamMessage> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void assertFails(CompletableFuture<?> future, String... parts) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .withCauseInstanceOf(UnansweredException.class)
                .satisfies(e -> assertThat(e.getCause().getMessage()).contains(parts));
    }

    /** A node with a session of its own; shared memory has room for just the frames that may be in flight. */
    private final class Node implements AutoCloseable {

        final NodeSession session;
        private final PublishedServer server;
        private final int frameBytes;
        private final TestNode connection;
        private final SharedMemorySender memory;

        Node(PublishedServer server, DataTransfer transfer, int frameBytes, int maxInFlight, Duration responseTimeout)
                throws IOException {
            this(server, server.descriptor(frameBytes), transfer, frameBytes, maxInFlight, responseTimeout);
        }

        Node(
             PublishedServer server, MediaStreamDescriptor descriptor, DataTransfer transfer, int frameBytes,
             int maxInFlight, Duration responseTimeout) throws IOException {
            this.server = server;
            this.frameBytes = frameBytes;
            this.connection = TestNode.plaintext("127.0.0.1", server.port());
            this.memory = transfer == DataTransfer.SHARED_MEMORY
                    ? SharedMemorySender.create(
                            directory, maxInFlight * frameBytes, PosixFilePermissions.fromString("rw-rw-rw-"))
                    : null;
            this.session = connection.open(descriptor, memory, maxInFlight, responseTimeout);
        }

        void awaitOpen() throws Exception {
            assertThat(session.opened().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getMediaDescriptor().getTimescale())
                    .isEqualTo(90000);
        }

        CompletableFuture<MediaStreamMessage> send(int number) {
            return session.send(number, ByteBuffer.wrap(server.frame(frameBytes, number)), List.of());
        }

        List<CompletableFuture<MediaStreamMessage>> send(int first, int count) throws Exception {
            List<CompletableFuture<MediaStreamMessage>> answers = new ArrayList<>();
            for (int i = first; i < first + count; i++) {
                answers.add(TestNode.sendWhenRoom(session, i, ByteBuffer.wrap(server.frame(frameBytes, i)), PATIENCE));
            }
            return answers;
        }

        Inference findingIn(int number) {
            return PublishedServer.findingIn(server.frame(frameBytes, number));
        }

        void assertAnswered(int number, CompletableFuture<MediaStreamMessage> answer) throws Exception {
            assertThat(get(answer)).matches(sample -> isOwn(number, sample));
        }

        /**
         * Two frames at a time, since some servers answer a frame only when there is another, and again and again, since on a
         * busy machine even they may be late.
         */
        void assertAnswersInTheEnd(int number) {
            await().ignoreExceptions().untilAsserted(() -> assertAnswered(number, send(number, 2).get(0)));
        }

        boolean isOwn(int number, MediaStreamMessage answer) {
            return answer.getMediaSample().getInferencesList().equals(List.of(findingIn(number)));
        }

        void assertAllSlotsFree() {
            if (memory != null) {
                assertThat(memory.freeBytes()).isEqualTo(memory.lengthBytes());
            }
        }

        void finish() throws Exception {
            session.finish();
            assertThat(awaitEnd()).isEqualTo(Status.OK);
        }

        Status awaitEnd() throws Exception {
            return session.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            connection.close();
            try {
                if (memory != null) {
                    memory.close();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
