package io.github.camellva.tools.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.github.camellva.tools.CommandLineRun;
import io.github.camellva.tools.TestExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendCommandTest {

    private static final Inference CAR = Inference.newBuilder().setType(Inference.InferenceType.ENTITY)
            .setEntity(Entity.newBuilder().setTag(Tag.newBuilder().setValue("car").setConfidence(0.5f))
                    .setBox(Rectangle.newBuilder().setL(0.25f).setT(0.25f).setW(0.5f).setH(0.5f)))
            .build();

    @TempDir
    private Path directory;

    @Test
    void printsALineForEachAnswerAndDrawsThePictures() throws Exception {
        try (TestExtension extension = new TestExtension(sample -> List.of(CAR))) {
            CommandLineRun run = CommandLineRun.of(
                    "send", "lavfi:testsrc2=size=64x48:rate=10", extension.address(), "--frames", "4", "--draw", directory.toString());

            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(run.errors()).endsWith("answered 4 of 4 frames\n");
            List<String> lines = run.output().lines().toList();
            assertThat(lines).hasSize(4);
            JsonNode first = new ObjectMapper().readTree(lines.get(0));
            assertThat(first.get("outcome").asText()).isEqualTo("answered");
            assertThat(first.at("/inferences/0/entity/tag/value").asText()).isEqualTo("car");
        }
        assertThat(directory.resolve("frame-000004.jpg")).isNotEmptyFile();
    }

    @Test
    void sendsSoManyFramesOfEachSecondOfTheSource() throws Exception {
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            CommandLineRun run = CommandLineRun.of(
                    "send", "lavfi:testsrc2=size=64x48:rate=25:duration=2", extension.address(), "--fps", "5");
            assertThat(run.errors()).endsWith("answered 10 of 10 frames\n");
        }
    }

    @Test
    void framesThatNobodyLookedAtAreNoSuccess() throws Exception {
        try (TestExtension failing = new TestExtension(sample -> null)) {
            CommandLineRun run = CommandLineRun.of("send", "lavfi:testsrc2=size=64x48", failing.address(), "--frames", "2");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).contains("answered 0 of 2 frames, 2 not processed");
        }
    }

    @Test
    void aSourceThatIsNotThereIsSaidInOneLine() throws Exception {
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            CommandLineRun run = CommandLineRun.of("send", directory.resolve("none.mp4").toString(), extension.address());
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).hasLineCount(1).contains("none.mp4");
        }
    }
}
