package io.github.camellva.video;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class BadSourcesTest {

    @TempDir
    private Path directory;

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThatStart("lvavideo:nowhere.mp4").hasMessage("lvavideo: nowhere.mp4 cannot be opened: there is no such file");
    }

    @Test
    void aFileThatIsNoVideoIsTold() throws Exception {
        Path text = Files.writeString(directory.resolve("text.mp4"), "nothing to see here\n".repeat(100));
        assertThatStart("lvavideo:" + text).hasMessage("lvavideo: " + text + " is no video that FFmpeg can read");
    }

    @Test
    void soundWithoutPicturesIsTold() throws Exception {
        Path sound = Files.write(directory.resolve("sound.wav"), Wav.silence());
        assertThatStart("lvavideo:" + sound).hasMessage("lvavideo: " + sound + " has no video in it that FFmpeg can read");
    }

    @Test
    void aDirectoryWithoutPicturesIsTold() {
        assertThatStart("lvavideo:" + directory).hasMessage(
                "lvavideo: there are no pictures in " + directory + "; accepted are files named .jpg, .jpeg, .png and .bmp");
    }

    @Test
    void anOptionThatFfmpegDoesNotKnowIsTold() {
        assertThatStart("lvavideo:lavfi:testsrc2?ffmpeg.thread=2")
                .hasMessageContaining("FFmpeg has no option 'thread' for it; take ffmpeg.thread away, or mend its name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "format=PNG | format 'PNG' is unknown; accepted are BGR24, RGB24, YUV420P, JPG",
            "decode=some | decode 'some' is unknown; accepted are all, keyframes",
            "overflow=wait | overflow 'wait' is unknown; accepted are skip, block",
            "transport=sctp | transport 'sctp' is unknown; accepted are tcp, udp",
            "atEnd=exit | atEnd 'exit' is unknown; accepted are nothing, stopRoute, stopContext",
            "framesPerSecond=-1 | framesPerSecond is -1; it must be from 0 to 1000",
            "jpegQuality=101 | jpegQuality is 101; it must be from 0 to 100",
            "maxInFlight=0 | maxInFlight is 0; it must be from 1 to 10000",
            "readTimeout=0 | readTimeout is 0; it must be from 1 to 2147483647",
            "width=64 | scaleMode pad needs both options width and height",
            "scaleMode=zoom | scaleMode 'zoom' is unknown; accepted are preserveAspectRatio, pad, stretch" })
    void anOptionThatIsNotAcceptedIsToldWithWhatIs(String option, String message) {
        assertThatStart("lvavideo:lavfi:testsrc2?" + option).hasMessageContaining(message);
    }

    @Test
    void nothingCanBeSentThere() {
        assertThatThrownBy(() -> {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.getEndpoint("lvavideo:street.mp4").createProducer();
            }
        }).hasMessageStartingWith("lvavideo: is a source of frames");
    }

    private static AbstractThrowableAssert<?, ?> assertThatStart(String uri) {
        Throwable thrown = catchThrowable(() -> start(uri));
        while (thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return assertThat(thrown);
    }

    private static void start(String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).to("mock:result");
                }
            });
            context.start();
        }
    }
}
