package io.github.camellva.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types the transcripts of docs/tools.md, with the jar, and compares what is printed; figures may differ. With
 * {@code -DupdateTranscripts} it writes into the page what was printed.
 */
class ToolsPageIT {

    private static final Path PAGE = Path.of("../docs/tools.md");
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    /** Comes every ten seconds, however many those are. */
    private static final Pattern PROGRESS = Pattern.compile("\\d+ sessions?, \\d+ records.*");
    private static final Inference PERSON = Inference.newBuilder().setType(Inference.InferenceType.ENTITY)
            .setEntity(Entity.newBuilder().setTag(Tag.newBuilder().setValue("person").setConfidence(0.9f))
                    .setBox(Rectangle.newBuilder().setL(0.25f).setT(0.25f).setW(0.25f).setH(0.5f)))
            .build();

    @TempDir
    private Path directory;
    private Process background;
    private BufferedReader backgroundOutput;
    private String recorder = "localhost:5000";

    @AfterEach
    void endWhatIsLeft() {
        if (background != null) {
            background.destroyForcibly();
        }
    }

    @Test
    void theTranscriptsAreTrue() throws Exception {
        String page = Files.readString(PAGE);
        try (TestExtension extension = new TestExtension(sample -> List.of(PERSON))) {
            StringBuilder actual = new StringBuilder();
            Matcher block = BLOCK.matcher(page);
            while (block.find()) {
                block.appendReplacement(actual, Matcher.quoteReplacement("```console\n" + type(block.group(1), extension) + "```"));
            }
            block.appendTail(actual);
            if (System.getProperty("updateTranscripts") != null) {
                Files.writeString(PAGE, actual);
            }
            assertThat(withoutFigures(page)).isEqualTo(withoutFigures(actual.toString()));
        }
    }

    private String type(String block, TestExtension extension) throws Exception {
        StringBuilder transcript = new StringBuilder();
        for (String line : block.lines().filter(line -> line.startsWith("$ ")).toList()) {
            transcript.append(line).append("\n");
            String printed = carryOut(line.substring(2).replace("localhost:5001", extension.address()).replace("localhost:5000", recorder));
            transcript.append(printed.replace(extension.address(), "localhost:5001").replace(recorder, "localhost:5000"));
        }
        return transcript.toString();
    }

    private String carryOut(String command) throws Exception {
        if (command.equals("kill %1")) {
            // unlike Process.destroy, this leaves what it prints at the end to be read
            background.toHandle().destroy();
            assertThat(background.waitFor(20, TimeUnit.SECONDS)).isTrue();
            String left = backgroundOutput.lines().filter(line -> !PROGRESS.matcher(line).matches())
                    .collect(Collectors.joining("\n", "", "\n"));
            background = null;
            return left;
        }
        if (command.endsWith(" &")) {
            background = start(command.substring(0, command.length() - 2).replaceFirst("--listen localhost:\\d+", "--listen localhost:0"), null);
            backgroundOutput = background.inputReader();
            String first = backgroundOutput.readLine();
            Matcher port = Pattern.compile("port (\\d+)").matcher(first);
            assertThat(port.find()).as(first).isTrue();
            recorder = "localhost:" + port.group(1);
            return first.replace("port " + port.group(1), "port 5000") + "\n";
        }
        String[] parts = command.split(" > ");
        Process process = start(parts[0], parts.length == 1 ? null : directory.resolve(parts[1]));
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return printed;
    }

    private Process start(String command, Path output) throws IOException {
        List<String> words = LvaJar.command();
        words.addAll(List.of(command.substring("lva ".length()).split(" ")));
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        return output == null
                ? builder.redirectErrorStream(true).start()
                : builder.redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.PIPE).start();
    }

    private static String withoutFigures(String text) {
        return text.replaceAll("\\d+(\\.\\d+)?", "#");
    }
}
