package io.github.camellva.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.camellva.tools.LvaJar.Run;
import io.github.camellva.tools.check.extension.OurExtension;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page shows is what the command prints. */
class CheckPageIT {

    private static final Pattern TRANSCRIPT = Pattern.compile("```console\n\\$ lva (.*)\n((?s).*?)```");

    @Test
    void theTranscriptsAreWhatTheCommandPrints() throws Exception {
        List<MatchResult> transcripts
                = TRANSCRIPT.matcher(Files.readString(Path.of("..", "docs", "check.md"))).results().toList();
        assertThat(transcripts).isNotEmpty();
        try (OurExtension extension = new OurExtension("")) {
            String address = "127.0.0.1:" + extension.port();
            for (MatchResult transcript : transcripts) {
                Run run = LvaJar.run(List.of(transcript.group(1).replace("localhost:5001", address).split(" ")));
                assertThat(withoutTimes(run.output().replace(address, "localhost:5001")))
                        .isEqualTo(withoutTimes(transcript.group(2)));
                assertThat(run.exitCode()).isZero();
            }
        }
    }

    private static String withoutTimes(String output) {
        return output.replaceAll("\\(\\d+\\.\\d s\\)", "(some time)");
    }
}
