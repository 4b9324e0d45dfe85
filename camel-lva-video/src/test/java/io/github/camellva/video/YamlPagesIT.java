package io.github.camellva.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The routes of the pages, as they stand there, between a camera and an extension. */
@Timeout(60)
class YamlPagesIT {

    private static final Pattern BLOCK = Pattern.compile("(?:```yaml|\\[source,yaml]\n----)\n((?:.*\n)*?)(?:```|----)");

    private final List<String> received = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({
            "../docs/video.md, h264 160 120 25, BGR24 160x120 57600",
            "src/main/docs/lvavideo-component.adoc, h264 160 120 25 viewer s3cret, NONE 640x640 .*" })
    void theRouteOfThePageSendsFramesToAnExtension(String page, String arguments, String expected) throws Exception {
        String route = route(page, "lvagrpc:");
        try (RtspCamera camera = RtspCamera.start(arguments.split(" ")); CamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("camera.user", "viewer");
            context.getPropertiesComponent().addInitialProperty("camera.password", "s3cret");
            context.addRoutes(extension());
            context.start();
            int port = ((LvaGrpcConsumer) context.getRoute("extension").getConsumer()).getPort();
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page.yaml",
                    route.replace("rtsp://camera.local/stream", camera.address()).replaceAll("lvagrpc:\\w+:5001", "lvagrpc:127.0.0.1:" + port)));
            await().atMost(Duration.ofSeconds(30)).until(() -> received.size() >= 3);
            assertThat(received).allSatisfy(frame -> assertThat(frame).matches(expected));
        }
    }

    @Test
    void theRouteOfThePageOpensACameraByTls(@TempDir Path directory) throws Exception {
        RtspCamera.assumeTls();
        TestCertificate certificate = TestCertificate.make(directory, "localhost");
        String route = route("../docs/video.md", "ffmpeg.ca_file");
        try (RtspCamera camera = RtspCamera.start("h264", "160", "120", "25", "viewer", "s3cret", certificate.certificate().toString(),
                certificate.key().toString()); CamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("camera.user", "viewer");
            context.getPropertiesComponent().addInitialProperty("camera.password", "s3cret");
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page.yaml",
                    route.replace("camera.local/stream", "localhost:" + camera.port() + "/camera0")
                            .replace("/etc/cameras/camera.pem", certificate.certificate().toString()).replace("log:frames", "mock:frames")));
            MockEndpoint frames = context.getEndpoint("mock:frames", MockEndpoint.class);
            frames.expectedMinimumMessageCount(3);
            context.start();
            frames.assertIsSatisfied();
        }
    }

    /** The first of the page that has a text in it. */
    private static String route(String page, String text) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of(page))).results().map(block -> block.group(1)).filter(block -> block.contains(text))
                .findFirst().orElseThrow();
    }

    private RouteBuilder extension() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:0").routeId("extension").process(exchange -> received.add(
                        exchange.getMessage().getHeader(LvaGrpcConstants.PIXEL_FORMAT) + " "
                        + exchange.getMessage().getHeader(LvaGrpcConstants.WIDTH) + "x" + exchange.getMessage().getHeader(LvaGrpcConstants.HEIGHT)
                        + " " + exchange.getMessage().getBody(ByteBuffer.class).remaining()));
            }
        };
    }
}
