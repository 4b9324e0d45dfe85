package io.github.camellva.video.source;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SourceAddressTest {

    @ParameterizedTest
    @CsvSource({
            "rtsp://camera/stream, RTSP, rtsp://camera/stream",
            "RTSPS://camera/stream, RTSP, rtsps://camera/stream",
            "http://camera:8080/video, HTTP, http://camera:8080/video",
            "webcam, WEBCAM, /dev/video0", "webcam:2, WEBCAM, /dev/video2", "/dev/video1, WEBCAM, /dev/video1",
            "lavfi:testsrc2=size=320x240, TEST, testsrc2=size=320x240",
            "/videos/street.mp4, FILE, /videos/street.mp4" })
    void itKnowsWhatIsNamed(String text, SourceAddress.Kind kind, String location) {
        SourceAddress address = SourceAddress.of(text, null, null, null);
        assertThat(address.kind()).isEqualTo(kind);
        assertThat(address.location()).isEqualTo(location);
    }

    @Test
    void aDirectoryIsOne(@TempDir Path directory) {
        assertThat(SourceAddress.of(directory.toString(), null, null, null).kind()).isEqualTo(SourceAddress.Kind.DIRECTORY);
    }

    @Test
    void credentialsAndQueryGoToTheCameraAndAreNotShown() {
        SourceAddress address = SourceAddress.of("rtsp://camera/live", "channel=1&token=t0ken", "ad min", "a@b:c/d");
        assertThat(address.location()).isEqualTo("rtsp://ad%20min:a%40b%3Ac%2Fd@camera/live?channel=1&token=t0ken");
        assertThat(address).hasToString("rtsp://camera/live");
    }

    @Test
    void credentialsInTheAddressAreNotShownEither() {
        SourceAddress address = SourceAddress.of("rtsp://admin:p@ss@camera/live?token=t0ken", null, null, null);
        assertThat(address.location()).isEqualTo("rtsp://admin:p@ss@camera/live?token=t0ken");
        assertThat(address).hasToString("rtsp://camera/live");
    }

    @ParameterizedTest
    @ValueSource(strings = { "ftp://camera/x", "file:///etc/passwd", "concat://a", "srt://camera:1" })
    void whatIsNotOpenedIsToldWithWhatIs(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceAddress.of(text, null, null, null))
                .withMessageContaining("is not opened; accepted are rtsp://");
    }

    @Test
    void userAndPasswordBelongTogetherAndToCameras() {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceAddress.of("rtsp://camera/x", null, "admin", null))
                .withMessage("username is set and password is not; they belong together");
        assertThatIllegalArgumentException().isThrownBy(() -> SourceAddress.of("street.mp4", null, "admin", "x"))
                .withMessageContaining("belong to rtsp:// and http:// addresses");
    }
}
