package io.github.camellva.tools.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.github.camellva.tools.CommandLineRun;
import io.github.camellva.tools.TestExtension;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.ExtensionConnection;
import io.github.camellva.tools.peer.Security;
import io.github.camellva.tools.recording.RecordingReader;
import io.github.camellva.tools.recording.v1.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A relay on real sockets, what it writes, and what the other commands make of it. */
class RecordingRelayTest {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir
    private Path directory;

    @Test
    void recordsWhatPassesAndChangesNothing() throws Exception {
        Path file = directory.resolve("a.lva");
        try (TestExtension extension = new TestExtension(sample -> List.of(person(0.25f)));
             RecordingRelay relay = relay(extension, file, 1 << 30)) {
            assertThat(send(relay, 3)).allSatisfy(
                    answer -> assertThat(answer.getMediaSample().getInferences(0)).isEqualTo(person(0.25f)));
        }

        JsonNode session = show(file, 0).get("sessions").get(0);
        assertThat(session.get("samples").asInt()).isEqualTo(3);
        assertThat(session.get("answered").asInt()).isEqualTo(3);
        assertThat(session.get("graph").asText()).isEqualTo("garage");
        assertThat(session.get("findings").get("person").asInt()).isEqualTo(3);
        assertThat(session.get("end").asText()).isEqualTo("OK");
    }

    @Test
    void replaysToAnotherExtensionAndTellsWhatDiffers() throws Exception {
        Path file = directory.resolve("a.lva");
        try (TestExtension extension = new TestExtension(sample -> List.of(person(0.25f)));
             RecordingRelay relay = relay(extension, file, 1 << 30)) {
            send(relay, 4);
        }
        Path report = directory.resolve("diff.html");
        try (TestExtension same = new TestExtension(sample -> List.of(person(0.26f)));
             TestExtension other = new TestExtension(
                     sample -> sample.getSequenceNumber() == 3 ? List.of() : List.of(person(0.25f)))) {
            assertThat(lva("replay", file.toString(), same.address(), "--fast", "--min-agreement", "0.99")).isZero();
            assertThat(lva("replay", file.toString(), other.address(), "--fast", "--min-agreement", "0.99", "--report",
                    report.toString(), "--json")).isEqualTo(1);
        }
        JsonNode person = new ObjectMapper().readTree(output).get("tags").get("person");
        assertThat(person.get("same").asInt()).isEqualTo(3);
        assertThat(person.get("missed").asInt()).isEqualTo(1);
        assertThat(report).content().contains("session 1, sample 3: 1 missed", "data:image/jpeg;base64,");
    }

    @Test
    void aFrameThatIsAcknowledgedAloneIsNoSuccessOfAReplay() throws Exception {
        Path file = directory.resolve("a.lva");
        try (TestExtension extension = new TestExtension(sample -> List.of());
             RecordingRelay relay = relay(extension, file, 1 << 30)) {
            send(relay, 2);
        }
        try (TestExtension failing = new TestExtension(sample -> null)) {
            assertThat(lva("replay", file.toString(), failing.address(), "--fast")).isEqualTo(1);
        }
        assertThat(output).containsPattern("notProcessed +2");
    }

    @Test
    @Timeout(30)
    void aReplayToAnExtensionThatNeverAnswersComesToAnEnd() throws Exception {
        Path file = directory.resolve("a.lva");
        try (TestExtension extension = new TestExtension(sample -> List.of());
             RecordingRelay relay = relay(extension, file, 1 << 30)) {
            send(relay, 100);
        }
        CountDownLatch end = new CountDownLatch(1);
        try (TestExtension silent = new TestExtension(sample -> {
            await(end);
            return null;
        })) {
            assertThat(lva("replay", file.toString(), silent.address(), "--in-flight", "2", "--timeout", "300")).isEqualTo(1);
        } finally {
            end.countDown();
        }
        assertThat(output).containsPattern("failed +100");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRecordingThatIsCutAnywhereIsReadUpToThere() throws Exception {
        Path file = directory.resolve("a.lva");
        try (TestExtension extension = new TestExtension(sample -> List.of());
             RecordingRelay relay = relay(extension, file, 1 << 30)) {
            send(relay, 1);
        }
        long whole = Files.size(file);
        int records = records(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long length = whole - 1; length > whole - 40; length--) {
                channel.truncate(length);
                assertThat(records(file)).isLessThan(records).isPositive();
            }
        }
    }

    @Test
    void continuesInAnotherFileThatCanBeReadAlone() throws Exception {
        Path file = directory.resolve("a.lva");
        try (TestExtension extension = new TestExtension(sample -> List.of(person(0.1f)));
             RecordingRelay relay = relay(extension, file, 25_000)) {
            send(relay, 6);
        }
        Path second = directory.resolve("a-2.lva");
        assertThat(directory.resolve("a-3.lva")).exists();
        JsonNode alone = show(second, -1).get("sessions").get(0);
        assertThat(alone.get("format").asText()).contains("RGB24");
        assertThat(alone.get("samples").asInt()).isPositive();
        JsonNode together = show(file, 0, second.toString(), directory.resolve("a-3.lva").toString());
        assertThat(together.get("sessions")).hasSize(1);
        assertThat(together.get("sessions").get(0).get("answered").asInt()).isEqualTo(6);
    }

    @Test
    void framesAndDocumentsComeOutAsFiles() throws Exception {
        Path file = directory.resolve("a.lva");
        try (TestExtension extension = new TestExtension(sample -> List.of(person(0.25f)));
             RecordingRelay relay = relay(extension, file, 1 << 30)) {
            send(relay, 1);
        }
        Path frames = directory.resolve("frames");
        assertThat(lva("show", file.toString(), "--extract", frames.toString())).isZero();
        assertThat(frames.resolve("session-1-000002.png")).isNotEmptyFile();
        assertThat(frames.resolve("session-1-000002.json")).content().contains("person");
    }

    @Test
    void whatStandsInSharedMemoryIsInTheRecordingAndIsEmbeddedWhenReplayed() throws Exception {
        Path file = directory.resolve("a.lva");
        try (TestExtension extension = new TestExtension(sample -> List.of());
             RecordingRelay relay = relay(extension, file, 1 << 30)) {
            sendThroughSharedMemory(relay, 5);
        }
        assertThat(show(file, 0).get("sessions").get(0).get("transfer").asText()).isEqualTo("sharedMemory");
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (TestExtension again = new TestExtension(sample -> {
            seen.add((int) sample.getMediaSample().getContentBytes().getBytes().byteAt(0));
            return List.of();
        })) {
            assertThat(lva("replay", file.toString(), again.address(), "--fast")).as(output).isZero();
        }
        assertThat(seen).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void anExtensionThatIsNotThereIsWhatTheNodeHears() throws Exception {
        String nowhere;
        try (TestExtension gone = new TestExtension(sample -> List.of())) {
            nowhere = gone.address();
        }
        Path file = directory.resolve("a.lva");
        try (RecordingRelay relay = relay(nowhere, file, 1 << 30);
             ExtensionConnection node = new ExtensionConnection(new Address("localhost", relay.port()), new Security())) {
            assertThatThrownBy(() -> node.open(descriptor(), null, 2, Duration.ofSeconds(10)))
                    .hasMessageContaining("takes no session");
        }
        assertThat(show(file, 0).get("sessions").get(0).get("end").asText()).startsWith("UNAVAILABLE");
    }

    private static String output = "";

    private static int lva(String... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        output = run.output() + run.errors();
        return run.exitCode();
    }

    /** @param expected exit code; -1 for any */
    private static JsonNode show(Path file, int expected, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("show", "--json", file.toString()));
        arguments.addAll(List.of(more));
        int code = lva(arguments.toArray(String[]::new));
        if (expected >= 0) {
            assertThat(code).as(output).isEqualTo(expected);
        }
        return new ObjectMapper().readTree(output);
    }

    private RecordingRelay relay(TestExtension extension, Path file, long maxFileBytes) {
        return relay(extension.address(), file, maxFileBytes);
    }

    private RecordingRelay relay(String address, Path file, long maxFileBytes) {
        return RecordingRelay.start(
                new Address("localhost", 0), new Address.Converter().convert(address), new Security(), file,
                new RecordingRelay.Limits(maxFileBytes, 1 << 26, 1 << 24, directory));
    }

    private static List<MediaStreamMessage> send(RecordingRelay relay, int frames) throws Exception {
        List<MediaStreamMessage> answers = new ArrayList<>();
        try (ExtensionConnection node = new ExtensionConnection(new Address("localhost", relay.port()), new Security())) {
            NodeSession session = node.open(descriptor(), null, 2, Duration.ofSeconds(10));
            for (int i = 0; i < frames; i++) {
                ByteBuffer frame = ByteBuffer.allocate(WIDTH * HEIGHT * 3);
                answers.add(session.send(i, frame, List.of()).get(10, TimeUnit.SECONDS));
            }
            session.finish().get(10, TimeUnit.SECONDS);
        }
        return answers;
    }

    /** Each frame has its number in its first byte; there is room for two, so that regions are used again. */
    private void sendThroughSharedMemory(RecordingRelay relay, int frames) throws Exception {
        int bytes = WIDTH * HEIGHT * 3;
        try (FrameMemory memory = SharedMemorySender.create(directory, 2 * bytes, PosixFilePermissions.fromString("rw-------"));
             ExtensionConnection node = new ExtensionConnection(new Address("localhost", relay.port()), new Security())) {
            NodeSession session = node.open(descriptor(), memory, 2, Duration.ofSeconds(10));
            for (int i = 0; i < frames; i++) {
                session.send(i, ByteBuffer.allocate(bytes).put(0, (byte) i), List.of()).get(10, TimeUnit.SECONDS);
            }
            session.finish().get(10, TimeUnit.SECONDS);
        }
    }

    private static MediaStreamDescriptor descriptor() throws Exception {
        MediaStreamDescriptor.Builder descriptor = MediaStreamDescriptor.newBuilder();
        descriptor.getGraphIdentifierBuilder().setGraphInstanceName("garage");
        return descriptor.setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(90_000)
                .setVideoFrameSampleFormat(SampleFormat.raw(PixelFormat.RGB24, WIDTH, HEIGHT, 0, 1 << 24).toMessage())).build();
    }

    private static int records(Path file) throws Exception {
        int records = 1;
        try (RecordingReader reader = new RecordingReader(file)) {
            for (Optional<Record> record = reader.next(); record.isPresent(); record = reader.next()) {
                records++;
            }
        }
        return records;
    }

    private static Inference person(float left) {
        return Inference.newBuilder().setType(Inference.InferenceType.ENTITY)
                .setEntity(Entity.newBuilder().setTag(Tag.newBuilder().setValue("person").setConfidence(0.9f))
                        .setBox(Rectangle.newBuilder().setL(left).setT(0.25f).setW(0.5f).setH(0.5f)))
                .build();
    }
}
