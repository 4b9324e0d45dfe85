package io.github.camellva.tools.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.tools.CommandLineRun;
import io.github.camellva.tools.LvaJar;
import io.github.camellva.tools.TestExtension;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.ExtensionConnection;
import io.github.camellva.tools.peer.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorder as a process of its own, when its process or its disk comes to an end. */
class RecordIT {

    private static final int FRAME_BYTES = 10_000;
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir
    private Path directory;
    private Process recorder;
    private BufferedReader output;

    @AfterEach
    void endIt() {
        if (recorder != null) {
            recorder.destroyForcibly();
        }
    }

    @Test
    void whatWasWrittenBeforeAKillIsReadable() throws Exception {
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            Address address = start(extension, "exec ");
            send(address, 20, frame -> {
                if (frame == 10) {
                    recorder.toHandle().destroyForcibly();
                }
            });
        }
        assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();

        JsonNode session = show().get("sessions").get(0);
        assertThat(session.get("samples").asInt()).isPositive();
        assertThat(session.get("end").asText()).isEqualTo("not recorded");
    }

    @Test
    void aFullDiskNeitherSlowsTheSessionNorBreaksTheFile() throws Exception {
        int answered;
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            // a limit to the size of files stands for the size of the disk: a write beyond it fails in the same way
            Address address = start(extension, "ulimit -f 200; exec ");
            answered = send(address, 50, frame -> { });
            recorder.toHandle().destroy();
            assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(answered).isEqualTo(50);
        assertThat(output.lines().collect(Collectors.joining("\n"))).containsPattern("\\d+ messages left out");
        JsonNode shown = show();
        assertThat(shown.get("bytesCut").asInt()).isZero();
        assertThat(shown.get("sessions").get(0).get("samples").asInt()).isBetween(5, 20);
    }

    @Test
    void aDiskThatIsFullWhenTheNextFileBeginsCostsWhatComesMeanwhileAndNoMore() throws Exception {
        assumeThat(PRLIMIT).as("prlimit of util-linux").isExecutable();
        Path first = directory.resolve("a.lva");
        Path next = directory.resolve("a-2.lva");
        int frames = 150;
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            Address address = start(extension, "exec ", "--max-file-size", "1");
            assertThat(send(address, frames, frame -> {
                if (frame == 104) {
                    // 104 frames make the file nearly full: the next one begins another
                    await().until(() -> Files.size(first) > 104 * FRAME_BYTES);
                    limitFiles("0");
                } else if (frame == 120) {
                    await().until(() -> Files.exists(next));
                    limitFiles("unlimited");
                }
            })).isEqualTo(frames);
            recorder.toHandle().destroy();
            assertThat(recorder.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        JsonNode shown = show("a.lva", "a-2.lva");
        assertThat(shown.get("bytesCut").asInt()).isZero();
        assertThat(shown.get("messagesLeftOut").asInt()).isPositive();
        assertThat(shown.get("sessions").get(0).get("samples").asInt()).isBetween(120, frames - 1);
        assertThat(show("a-2.lva").get("sessions").get(0).get("samples").asInt()).isPositive();
    }

    private void limitFiles(String bytes) throws Exception {
        assertThat(new ProcessBuilder(PRLIMIT.toString(), "--pid", String.valueOf(recorder.pid()), "--fsize=" + bytes + ":")
                .inheritIO().start().waitFor()).isZero();
    }

    private Address start(TestExtension extension, String before, String... options) throws Exception {
        recorder = new ProcessBuilder(
                "sh", "-c", before + "'" + String.join("' '", LvaJar.command()) + "' record --listen localhost:0 --to " + extension.address() + " -o a.lva " + String.join(" ", options))
                .directory(directory.toFile()).redirectErrorStream(true).start();
        output = recorder.inputReader();
        String line = output.readLine();
        Matcher port = Pattern.compile("port (\\d+)").matcher(String.valueOf(line));
        assertThat(port.find()).as(line).isTrue();
        return new Address("localhost", Integer.parseInt(port.group(1)));
    }

    /** What else happens, before a frame is sent. */
    private interface Event {

        void before(int frame) throws Exception;
    }

    /** Returns how many were answered. */
    private static int send(Address address, int frames, Event event) throws Exception {
        List<Long> answered = new ArrayList<>();
        try (ExtensionConnection node = new ExtensionConnection(address, new Security())) {
            NodeSession session = node.open(MediaStreamDescriptor.newBuilder()
                    .setGraphIdentifier(GraphIdentifier.getDefaultInstance()).build(), null, 2,
                    Duration.ofSeconds(10));
            for (int i = 0; i < frames && session.isOpen(); i++) {
                event.before(i);
                try {
                    answered.add(session.send(i, ByteBuffer.allocate(FRAME_BYTES), List.of())
                            .get(10, TimeUnit.SECONDS).getAckSequenceNumber());
                } catch (ExecutionException e) {
                    break;
                }
            }
        }
        return answered.size();
    }

    private JsonNode show(String... files) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("show", "--json"));
        for (String file : files.length == 0 ? new String[] { "a.lva" } : files) {
            arguments.add(directory.resolve(file).toString());
        }
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.errors()).isEmpty();
        return new ObjectMapper().readTree(run.output());
    }
}
