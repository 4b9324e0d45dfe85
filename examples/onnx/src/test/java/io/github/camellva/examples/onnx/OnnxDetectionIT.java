package io.github.camellva.examples.onnx;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The program, as the README runs it. */
@Timeout(120)
class OnnxDetectionIT {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void withoutAModelItFindsTheObjectsOfTheSceneWithOneOfItsOwn() throws Exception {
        Summary summary = onnx("frames", "60", "realtime", "false").run();
        assertThat(summary).isEqualTo(new Summary(new FrameCounts(60, 0, 60, 0, 0), 180));
        assertThat(lines()).filteredOn(line -> line.startsWith("frame ")).hasSize(60)
                .allMatch(line -> line.matches(".*3 of 3 objects, worst overlap (1\\.00|0\\.[89].)"));
        assertThat(lines()).anyMatch(line -> line.matches("bright-blobs 60 frames, in the median \\d+ µs to draw, .*"));
        assertThat(lines()).endsWith("answered 60 of 60 frames, 180 objects");
    }

    @ParameterizedTest
    @CsvSource({ "jpg", "png", "bmp" })
    void aModelLooksAtAPicture(String format) throws Exception {
        Path picture = picture(format);
        Summary summary = onnx("model", model("people").toString(), "picture", picture.toString(), "frames", "3").run();
        assertThat(summary).isEqualTo(new Summary(new FrameCounts(3, 0, 3, 0, 0), 3));
        assertThat(lines()).filteredOn(line -> line.startsWith("frame "))
                .allMatch(line -> line.matches("frame +\\d bright 0\\.9\\d 0\\.2\\d\\d,0\\.\\d+ 0\\.\\d+x0\\.\\d+"));
    }

    @Test
    void labelsAreTakenFromAFile() throws Exception {
        Path labels = Files.writeString(directory.resolve("labels.txt"), "lamp\n");
        onnx("model", model("people").toString(), "labels", labels.toString(), "picture", picture("png").toString(),
                "frames", "1").run();
        assertThat(lines()).anyMatch(line -> line.startsWith("frame    1 lamp 0.9"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "people | 1", "cars | 1", "{\"model\":\"people\",\"confidence\":0.9} | 1",
            "{\"model\":\"people\",\"confidence\":0.99} | 0" })
    void theExtensionConfigurationChoosesTheModelAndItsConfidence(String configuration, int objects) throws Exception {
        model("people");
        model("cars");
        Summary summary = onnx(
                "models", directory.toString(), "configuration", configuration, "picture", picture("jpg").toString(),
                "frames", "2").run();
        assertThat(summary).isEqualTo(new Summary(new FrameCounts(2, 0, 2, 0, 0), 2 * objects));
    }

    @Test
    void framesThatAreRefusedAreAcknowledgedAndTheSessionGoesOn() throws Exception {
        Summary summary = onnx("configuration", "dogs", "frames", "5", "realtime", "false").run();
        assertThat(summary).isEqualTo(new Summary(new FrameCounts(5, 0, 0, 5, 0), 0));
        assertThat(lines()).filteredOn(line -> line.contains("acknowledged, but not processed")).hasSize(5);
    }

    @Test
    @SuppressWarnings("unchecked")
    void itServesOtherNodesUntilItIsStoppedAndOutlivesABrokenPicture() throws Exception {
        OnnxDetection onnx = onnx("serve", "0");
        CompletableFuture<Summary> running = CompletableFuture.supplyAsync(() -> summary(onnx));
        await().atMost(Duration.ofSeconds(60)).until(() -> lines().stream().anyMatch(line -> line.startsWith("serving")));
        String extension = lines().stream().filter(line -> line.startsWith("extension")).findFirst().orElseThrow()
                .replaceAll("extension +", "");
        try (CamelContext node = new DefaultCamelContext(); ProducerTemplate template = node.createProducerTemplate()) {
            node.start();
            byte[] picture = Files.readAllBytes(picture("png"));
            assertThat((List<Inference>) template.requestBody(extension + "?encoding=PNG", picture, List.class)).hasSize(1);
            byte[] broken = Arrays.copyOf(picture, picture.length / 2);
            assertThat((List<Inference>) template.requestBody(extension + "?encoding=PNG", broken, List.class))
                    .as("not processed").isNull();
            assertThat((List<Inference>) template.requestBody(extension + "?encoding=PNG", picture, List.class)).hasSize(1);
        }
        onnx.stop();
        assertThat(running.get(10, TimeUnit.SECONDS).isComplete()).isTrue();
    }

    @Test
    void whatIsNoPictureIsRefused() {
        assertThatThrownBy(() -> onnx("picture", "pom.xml").run()).isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-Dpicture=pom.xml: ").hasMessageContaining("JPG, PNG and BMP are accepted");
    }

    @Test
    void aBrokenModelIsRefusedBeforeAnythingIsStarted() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.onnx"), "broken");
        assertThatThrownBy(() -> onnx("model", broken.toString()).run()).isInstanceOf(UsageException.class)
                .hasMessageStartingWith(broken + ": it cannot be loaded as an ONNX model");
        assertThat(lines()).noneMatch(line -> line.startsWith("extension"));
    }

    @Test
    void theProgramEndsByItselfAndLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Process program = program(temporary, "-Dframes=2", "-Drealtime=false");
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(directory.resolve("output"))).endsWith("answered 2 of 2 frames, 6 objects\n");
        assertThat(program.exitValue()).isZero();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theProgramTellsInOneLineWhatIsWrong() throws Exception {
        Process program = program(directory, "-Dconfidence=40");
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("output")))
                .isEqualTo("-Dconfidence=40: a number above 0 and up to 1 is accepted, for instance -Dconfidence=0.25\n");
    }

    private Process program(Path temporary, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add(OnnxDetection.class.getName());
        File output = directory.resolve("output").toFile();
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    }

    private Path model(String name) throws IOException {
        return BrightBlobs.copyTo(directory.resolve(name + ".onnx"));
    }

    /** A lamp in the dark. */
    private Path picture(String format) throws IOException {
        BufferedImage picture = new BufferedImage(320, 200, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(245, 245, 245));
        graphics.fillRect(80, 40, 60, 60);
        graphics.dispose();
        Path file = directory.resolve("picture." + format);
        ImageIO.write(picture, format, file.toFile());
        return file;
    }

    private OnnxDetection onnx(String... properties) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            chosen.setProperty(properties[i], properties[i + 1]);
        }
        return new OnnxDetection(Settings.of(chosen), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Summary summary(OnnxDetection onnx) {
        try {
            return onnx.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
