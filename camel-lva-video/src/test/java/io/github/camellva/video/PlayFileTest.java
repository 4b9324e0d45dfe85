package io.github.camellva.video;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class PlayFileTest {

    /** Real videos beside the project; not everybody has them. */
    private static final Path VIDEOS = Path.of("../../shared/video");

    private final CamelContext context = new DefaultCamelContext();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @ParameterizedTest
    @CsvSource({ "bottle_detection.mp4, 1189, 640, 360", "pinwheel.ts, 250, 640, 360", "win10.mkv, 408, 656, 260" })
    void everyFrameOfAFileComes(String name, int frames, int width, int height) throws Exception {
        Path video = VIDEOS.resolve(name);
        assumeTrue(Files.isRegularFile(video), () -> "no video " + video.toAbsolutePath().normalize());
        MockEndpoint result = play("lvavideo:" + video);
        result.setRetainLast(1);
        result.expectedMessageCount(frames);
        context.start();
        result.assertIsSatisfied();
        Message last = result.getExchanges().get(result.getExchanges().size() - 1).getMessage();
        assertThat(last.getBody(ByteBuffer.class).remaining()).isEqualTo(width * height * 3);
        assertThat(last.getHeader(LvaGrpcConstants.WIDTH)).isEqualTo(width);
        assertThat(last.getHeader(LvaGrpcConstants.SEQUENCE_NUMBER)).isEqualTo((long) frames);
    }

    @Test
    void aTestSourceComesInAnyFormat() throws Exception {
        MockEndpoint result = play("lvavideo:lavfi:testsrc2=size=320x240:rate=25:duration=1?format=JPG&width=64&height=64");
        result.expectedMessageCount(25);
        context.start();
        result.assertIsSatisfied();
        byte[] jpg = result.getExchanges().get(0).getMessage().getBody(byte[].class);
        assertThat(jpg).startsWith(0xff, 0xd8).endsWith(0xff, 0xd9);
    }

    private MockEndpoint play(String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).to("mock:result");
            }
        });
        MockEndpoint result = context.getEndpoint("mock:result", MockEndpoint.class);
        return result;
    }
}
