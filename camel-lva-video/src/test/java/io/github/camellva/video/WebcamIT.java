package io.github.camellva.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Webcams, of which one is imitated: webcam.c answers what FFmpeg asks of V4L2. Tests are skipped where FFmpeg's library for devices
 * cannot be loaded, or there is no C compiler for the imitation.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class WebcamIT {

    @BeforeAll
    static void load() {
        try {
            avdevice.avdevice_register_all();
        } catch (LinkageError e) {
            abort("no webcams: FFmpeg's library for devices needs libasound2, libpulse0 and libxcb of the system");
        }
    }

    @Test
    void whatReadsWebcamsIsBuiltIn() {
        AVInputFormat format = avformat.av_find_input_format("v4l2");
        assertThat(format).isNotNull();
        assertThat(format.long_name().getString()).isEqualTo("Video4Linux2 device grab");
    }

    @Test
    void oneThatIsNotThereIsToldAndTriedAgain() throws Exception {
        try (Watched watched = Watched.start("lvavideo:webcam:999?ffmpeg.input_format=mjpeg&ffmpeg.framerate=30")) {
            watched.awaitState("waiting to reconnect");
            assertThat(watched.consumer().getLastError()).isEqualTo("/dev/video999 cannot be opened: there is no such file");
        }
    }

    @Test
    void anUnpluggedOneIsLostAndFoundAgain(@TempDir Path directory) throws Exception {
        assertThat(play(directory, "", Map.of("WEBCAM_FRAMES", "25"))).containsExactly(
                "plays rawvideo, 320x240, 25.0 frames per second, 230400 bytes", "lost the connection to /dev/video0 was lost: No such device", "back");
    }

    @Test
    void oneThatSendsNothingIsLostAndFoundAgain(@TempDir Path directory) throws Exception {
        assertThat(play(directory, "readTimeout=500", Map.of("WEBCAM_FRAMES", "25", "WEBCAM_STALLS", "true"))).containsExactly(
                "plays rawvideo, 320x240, 25.0 frames per second, 230400 bytes", "lost /dev/video0 has sent nothing for 500 ms (readTimeout)", "back");
    }

    /** @return what was printed */
    private static List<String> play(Path directory, String options, Map<String, String> webcam) throws Exception {
        Path imitation = directory.resolve("webcam.so");
        assumeTrue(run("cc", "-shared", "-fPIC", "-o", imitation.toString(), "src/test/resources/webcam.c", "-ldl"),
                "no imitated webcam: there is no C compiler");
        ProcessBuilder player = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), WebcamPlay.class.getName(), options)
                .redirectError(directory.resolve("errors").toFile());
        player.environment().put("LD_PRELOAD", imitation.toString());
        player.environment().putAll(webcam);
        Process process = player.start();
        try {
            List<String> printed = new String(process.getInputStream().readAllBytes()).lines().toList();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
