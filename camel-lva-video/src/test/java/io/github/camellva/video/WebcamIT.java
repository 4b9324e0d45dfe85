package io.github.camellva.video;

import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/** As far as a machine without a webcam goes. Tests are skipped where FFmpeg's library for devices cannot be loaded. */
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
}
