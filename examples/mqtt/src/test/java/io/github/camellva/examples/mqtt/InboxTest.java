package io.github.camellva.examples.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.camellva.examples.rig.Console;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboxTest {

    private static final String MOTION
            = "{\"type\":\"motion\",\"motion\":{\"box\":{\"l\":0.0,\"t\":0.0,\"w\":0.5,\"h\":0.25}}}";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Inbox inbox = new Inbox(
            List.of("camera-1", "camera-2"), new Console(new PrintStream(printed, true, StandardCharsets.UTF_8)));

    @Test
    void documentsArriveInTheOrderOfEachCamera() {
        arrive("camera-1", document(10));
        arrive("camera-2", document(5));
        arrive("camera-1", document(11));
        assertThat(inbox.arrived()).isEqualTo(3);
        assertThat(inbox.wrong()).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).hasSize(3)
                .allMatch(line -> line.matches("arrived    lva/camera-[12]/inferences \\{\"timestamp\":.*"));
    }

    @Test
    void whatArrivesAgainIsNotCountedTwice() {
        arrive("camera-1", document(10));
        arrive("camera-1", document(11));
        arrive("camera-1", document(10));
        arrive("camera-1", document(11));
        assertThat(inbox.arrived()).isEqualTo(2);
        assertThat(inbox.again()).isEqualTo(2);
        assertThat(inbox.wrong()).isZero();
    }

    @Test
    void whatComesTooLateOrIsNoDocumentOrSaysNothingIsWrong() {
        arrive("camera-1", document(10));
        arrive("camera-1", document(9));
        arrive("camera-1", "Hello");
        arrive("camera-1", "{\"timestamp\":11,\"inferences\":[]}");
        assertThat(inbox.arrived()).isEqualTo(1);
        assertThat(inbox.wrong()).isEqualTo(3);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("timestamp 9 after 10", "is not JSON", "without inferences");
    }

    @Test
    void topicsOfOthersAreLeftAlone() {
        arrive("camera-3", "Hello");
        assertThat(inbox.arrived() + inbox.again() + inbox.wrong()).isZero();
    }

    private void arrive(String camera, String payload) {
        inbox.arrived("lva/" + camera + "/inferences", payload.getBytes(StandardCharsets.UTF_8));
    }

    private static String document(long timestamp) {
        return "{\"timestamp\":" + timestamp + ",\"inferences\":[" + MOTION + "]}";
    }
}
