package io.github.camellva.tools.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.tools.CommandLineRun;
import io.github.camellva.tools.recording.RecordingWriter;
import io.github.camellva.tools.recording.v1.Record;
import io.github.camellva.tools.recording.v1.SessionBegan;
import io.github.camellva.tools.recording.v1.SessionEnded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowTest {

    @TempDir
    private Path directory;

    @Test
    void ofThousandsOfSessionsTheFirstAreToldAndAllAreCounted() throws Exception {
        Path file = directory.resolve("a.lva");
        try (RecordingWriter writer = new RecordingWriter(file, 1 << 30, "localhost:5001", () -> 7)) {
            for (int session = 1; session <= 2500; session++) {
                writer.write(Record.newBuilder().setSessionBegan(SessionBegan.newBuilder().setSession(session)).build());
                // the ends of some were not written
                if (session % 2 == 0) {
                    writer.write(Record.newBuilder().setSessionEnded(SessionEnded.newBuilder().setSession(session)).build());
                }
            }
        }
        CommandLineRun json = CommandLineRun.of("show", "--json", file.toString());
        JsonNode shown = new ObjectMapper().readTree(json.output());
        assertThat(shown.get("sessions")).hasSize(1000);
        assertThat(shown.get("sessionsNotTold").asInt()).isEqualTo(1500);
        assertThat(CommandLineRun.of("show", file.toString()).output()).contains("2500 sessions, of which 1000 are shown");
    }
}
