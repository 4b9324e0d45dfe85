package io.github.camellva.grpc;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a producer sends, as the route of an extension sees it, and what comes back. */
class ProducerIT extends LvaGrpcTestSupport {

    private static final int RED = 0xff0000;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("extension").to("mock:frames").process(exchange -> {
                    byte[] frame = exchange.getMessage().getBody(byte[].class);
                    exchange.getMessage().setBody(frame == null ? List.of() : entity("first byte " + frame[0]));
                });
            }
        };
    }

    static Stream<Arguments> bodies() {
        byte[] frame = pixels(24, 5);
        return Stream.of(
                arguments("a ByteBuffer", ByteBuffer.wrap(frame)), arguments("bytes", frame),
                arguments("a stream", new ByteArrayInputStream(frame)),
                arguments("a part of a ByteBuffer", ByteBuffer.wrap(concatenate(new byte[3], frame)).position(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aBodyOfBarePixelsIsSentAsItIsAndAnsweredWithTheInferencesFound(String what, Object body) {
        Message answer = send("&encoding=RAW&pixelFormat=BGR24&width=4&height=2", body, Map.of());
        assertThat(answer.getBody()).isEqualTo(List.of(entity("first byte 5")));
        assertThat(frame().getBody(byte[].class)).isEqualTo(pixels(24, 5));
        assertThat(frame().getHeader(LvaGrpcConstants.PIXEL_FORMAT)).isEqualTo("BGR24");
    }

    @Test
    void aTruncatedPictureIsSentWithAWarning() throws Exception {
        try (LoggedLines log = LoggedLines.record()) {
            send("&encoding=JPG", truncatedJpg(), Map.of(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "gate"));
            assertThat(log.lines()).filteredOn(line -> line.contains("is truncated")).singleElement().asString()
                    .contains("the JPG picture of " + truncatedJpg().length + " bytes for graph 'gate' is truncated: its end is missing", "onTruncated=fail refuses it");
        }
        assertThat(frame().getBody(byte[].class)).isEqualTo(truncatedJpg());
    }

    @Test
    void aTruncatedPictureIsRefusedWhenAskedTo() throws Exception {
        Exchange refused = template.send(uri("extension", "&encoding=JPG&onTruncated=fail"), exchange(truncatedJpg(), Map.of()));
        assertThat(refused.getException()).isInstanceOf(LvaGrpcException.class).hasMessageContaining("is truncated: its end is missing");
    }

    @Test
    void anImageIsSentAsItsPixels() {
        send("&pixelFormat=BGR24", image(3, 2, RED), Map.of());
        assertThat(frame().getHeader(LvaGrpcConstants.WIDTH)).isEqualTo(3);
        assertThat(frame().getHeader(LvaGrpcConstants.HEIGHT)).isEqualTo(2);
        assertThat(frame().getBody(byte[].class)).hasSize(18).startsWith(0, 0, 255);
    }

    @Test
    void anEncodedPictureIsDecodedWhenPixelsAreAskedFor() throws Exception {
        send("&encoding=RAW&pixelFormat=RGB24", png(image(3, 2, RED)), Map.of());
        assertThat(frame().getBody(byte[].class)).hasSize(18).startsWith(255, 0, 0);
    }

    @Test
    void anEncodedPictureIsSentAsItIsWhenThatEncodingIsAskedFor() throws Exception {
        byte[] png = png(image(3, 2, RED));
        send("&encoding=PNG", png, Map.of());
        assertThat(frame().getBody(byte[].class)).isEqualTo(png);
        assertThat(frame().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/png");
    }

    @Test
    void anEncodedPictureMayBeScaledToASizeThatPixelsMayNotHave() throws Exception {
        send("&encoding=PNG&width=400&height=400&maxMessageSize=100000", png(image(3, 2, RED)), Map.of());
        assertThat(ImageIO.read(new ByteArrayInputStream(frame().getBody(byte[].class))).getWidth()).isEqualTo(400);
    }

    @Test
    void anImageIsSentAsJpegWhenThatIsAskedFor() throws Exception {
        send("&encoding=JPG&jpegQuality=95", image(30, 20, RED), Map.of());
        BufferedImage received = ImageIO.read(new ByteArrayInputStream(frame().getBody(byte[].class)));
        assertThat(received.getWidth()).isEqualTo(30);
        assertThat(new Color(received.getRGB(15, 10)).getRed()).isGreaterThan(240);
    }

    @Test
    void boxesOfAPaddedPictureAreMappedBackToThePictureAsItWas() throws Exception {
        List<Inference> box = List.of(box(0.2f, 0, 0.6f, 1));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:0?extensionIdentifier=boxes").routeId("boxes").to("mock:frames")
                        .process(exchange -> exchange.getMessage().setBody(box));
            }
        });
        // 60 x 100 in 100 x 100: 20 columns of padding on each side
        Message answer = send("boxes", "&encoding=PNG&width=100&height=100&scaleMode=pad", image(60, 100, RED),
                Map.of(LvaGrpcConstants.INFERENCES, List.of(box(0, 0, 1, 1))));
        assertThat(answer.getBody()).isEqualTo(List.of(box(0, 0, 1, 1)));
        BufferedImage received = ImageIO.read(new ByteArrayInputStream(frame().getBody(byte[].class)));
        assertThat(received.getRGB(10, 50) & 0xffffff).as("padding").isZero();
        assertThat(received.getRGB(50, 50) & 0xffffff).as("picture").isEqualTo(RED);
        assertThat(frame().getHeader(LvaGrpcConstants.INFERENCES)).as("upstream, on what is sent").isEqualTo(box);
    }

    @Test
    void theDescriptorIsAsTheOptionsSay() {
        send("&graphInstanceName=camera-7&graphNodeName=yolo&mediaServicesArmId=/arm&extensionConfiguration=model%3Dx&timescale=1000"
             + "&pixelFormat=BGR24", image(3, 2, RED), Map.of(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "other"));
        assertThat(frame().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME)).as("an option outweighs a header").isEqualTo("camera-7");
        assertThat(frame().getHeader(LvaGrpcConstants.GRAPH_NODE_NAME)).isEqualTo("yolo");
        assertThat(frame().getHeader(LvaGrpcConstants.MEDIA_SERVICES_ARM_ID)).isEqualTo("/arm");
        assertThat(frame().getHeader(LvaGrpcConstants.EXTENSION_CONFIGURATION)).isEqualTo("model=x");
        assertThat(frame().getHeader(LvaGrpcConstants.TIMESCALE)).isEqualTo(1000);
        assertThat(frame().getHeader(LvaGrpcConstants.TIMESTAMP, Long.class))
                .as("now").isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(60_000L));
    }

    @Test
    void headersSayWhatTheOptionsDoNot() {
        Message answer = send("", pixels(40, 5), Map.of(
                LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.PIXEL_FORMAT, "BGR24", LvaGrpcConstants.WIDTH, 4,
                LvaGrpcConstants.HEIGHT, 2, LvaGrpcConstants.STRIDE_BYTES, 20, LvaGrpcConstants.TIMESTAMP, 77L,
                LvaGrpcConstants.GRAPH_INSTANCE_NAME, "camera-9", LvaGrpcConstants.INFERENCES, List.of(entity("upstream"))));
        assertThat(frame().getHeader(LvaGrpcConstants.PIXEL_FORMAT)).isEqualTo("BGR24");
        assertThat(frame().getHeader(LvaGrpcConstants.WIDTH)).isEqualTo(4);
        assertThat(frame().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME)).isEqualTo("camera-9");
        assertThat(frame().getHeader(LvaGrpcConstants.TIMESTAMP)).isEqualTo(77L);
        assertThat(frame().getHeader(LvaGrpcConstants.INFERENCES)).isEqualTo(List.of(entity("upstream")));
        assertThat(answer.getHeader(LvaGrpcConstants.TIMESTAMP)).isEqualTo(77L);
        assertThat(answer.getHeader(LvaGrpcConstants.TIMESCALE)).isEqualTo(90000);
        assertThat(answer.getHeader(LvaGrpcConstants.SEQUENCE_NUMBER)).isEqualTo(2L);
    }

    @Test
    void anExchangeWithoutBodyIsASampleOfInferencesOnly() {
        Message answer = send("", null, Map.of(LvaGrpcConstants.INFERENCES, List.of(entity("upstream"))));
        assertThat(answer.getBody()).isEqualTo(List.of());
        assertThat(frame().getHeader(LvaGrpcConstants.DATA_TRANSFER)).isEqualTo("none");
        assertThat(frame().getHeader(LvaGrpcConstants.INFERENCES)).isEqualTo(List.of(entity("upstream")));
    }

    @Test
    void everyCameraHasASessionOfItsOwnWhichItsFramesShare() {
        for (int i = 0; i < 6; i++) {
            send("&pixelFormat=BGR24", image(3, 2, RED), Map.of(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "camera-" + i % 2));
        }
        List<Exchange> frames = getMockEndpoint("mock:frames").getExchanges();
        assertThat(frames.stream().map(frame -> frame.getMessage().getHeader(LvaGrpcConstants.SESSION_ID)).distinct()).hasSize(2);
        assertThat(frames.stream().filter(frame -> "camera-0".equals(frame.getMessage().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME)))
                .map(frame -> frame.getMessage().getHeader(LvaGrpcConstants.SESSION_ID)).distinct()).hasSize(1);
    }

    @Test
    void anIdleSessionIsClosedAndOpenedAgainWhenNeeded() {
        send("&sessionIdleTimeout=50", image(3, 2, RED), Map.of());
        LvaGrpcConsumer extension = (LvaGrpcConsumer) context.getRoute("extension").getConsumer();
        await().until(() -> extension.getOpenSessions() == 0);
        send("&sessionIdleTimeout=50", image(3, 2, RED), Map.of());
        assertThat(getMockEndpoint("mock:frames").getExchanges()).hasSize(2);
    }

    @Test
    void samplesAboveTheRateReturnAtOnceAndAreMarked() {
        List<Boolean> out = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Message answer = send("&maximumSamplesPerSecond=10", image(3, 2, RED), Map.of(LvaGrpcConstants.TIMESTAMP, i * 4500L));
            out.add(answer.getHeader(LvaGrpcConstants.SAMPLED_OUT, false, Boolean.class));
            assertThat(answer.getBody()).isInstanceOf(List.class);
        }
        assertThat(out).as("20 a second, of which 10 are sent").containsExactly(false, true, false, true, false, true, false, true);
        assertThat(getMockEndpoint("mock:frames").getExchanges()).hasSize(4);
    }

    @Test
    void samplesWithoutAnnotationAreSkippedWhenAskedTo() {
        Message skipped = send("&skipSamplesWithoutAnnotation=true", image(3, 2, RED), Map.of());
        assertThat(skipped.getHeader(LvaGrpcConstants.SAMPLED_OUT)).isEqualTo(true);
        assertThat(skipped.getHeader(LvaGrpcConstants.OUTCOME)).isEqualTo("sampledOut");
        assertThat(skipped.getBody()).isEqualTo(List.of());
        Message sent = send("&skipSamplesWithoutAnnotation=true", image(3, 2, RED),
                Map.of(LvaGrpcConstants.INFERENCES, List.of(entity("upstream")), LvaGrpcConstants.SAMPLED_OUT, true));
        assertThat(sent.getHeader(LvaGrpcConstants.SAMPLED_OUT)).isNull();
        assertThat(getMockEndpoint("mock:frames").getExchanges()).hasSize(1);
    }

    @Test
    void aCallbackThatThrowsForAFrameThatIsNotSentIsCalledOnce() throws Exception {
        LvaGrpcProducer producer = (LvaGrpcProducer) context.getEndpoint(uri("extension", "&skipSamplesWithoutAnnotation=true"))
                .createProducer();
        producer.start();
        AtomicInteger calls = new AtomicInteger();
        assertThatIllegalStateException().isThrownBy(() -> producer.process(exchange(image(3, 2, RED), Map.of()), doneSync -> {
            calls.incrementAndGet();
            throw new IllegalStateException("of the route");
        }));
        assertThat(calls).hasValue(1);
        producer.stop();
    }

    @Test
    void manyExchangesAreInFlightOnOneSession() throws Exception {
        List<CompletableFuture<Exchange>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Exchange exchange = exchange(pixels(24, i), Map.of(LvaGrpcConstants.TIMESTAMP, (long) i));
            answers.add(template.asyncSend(uri("extension", "&pixelFormat=BGR24&width=4&height=2"), exchange));
        }
        for (int i = 0; i < 200; i++) {
            Exchange answered = answers.get(i).get(10, TimeUnit.SECONDS);
            assertThat(answered.getException()).isNull();
            assertThat(answered.getMessage().getBody()).isEqualTo(List.of(entity("first byte " + (byte) i)));
        }
        assertThat(getMockEndpoint("mock:frames").getExchanges().stream()
                .map(frame -> frame.getMessage().getHeader(LvaGrpcConstants.SESSION_ID)).distinct()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {
            "no picture | are no picture that can be read", "no picture | say their width and height",
            "no size | RAW RGB24 4x2, would have 24 bytes", "text | the body is a java.lang.String", "number | the body is a java.lang.Integer",
            "short | the sample has 5 bytes" })
    void aBodyThatCannotBeSentIsRefusedNamingWhatIsAccepted(String bodyAndMessage) {
        String[] parts = bodyAndMessage.split(" \\| ");
        Object body = switch (parts[0]) {
            case "no picture" -> new byte[] { 1, 2, 3 };
            case "text" -> "text";
            case "number" -> 7;
            default -> new byte[5];
        };
        Map<String, Object> headers = parts[0].equals("short")
                ? Map.of(LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.WIDTH, 4, LvaGrpcConstants.HEIGHT, 2) : Map.of();
        String options = parts[0].equals("no size") ? "&width=4&height=2" : "";
        Exchange failed = template.send(uri("extension", options), exchange(body, headers));
        assertThat(failed.getException()).isInstanceOf(LvaGrpcException.class).hasMessageContaining(parts[1])
                .hasMessageContaining("lvagrpc:127.0.0.1:");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {
            "encoding=GIF | encoding 'GIF' is unknown; accepted are BMP, JPG, PNG, RAW", "pixelFormat=RGB | pixelFormat 'RGB' is unknown; accepted are",
            "width=100 | needs both options width and height", "scaleMode=zoom&width=1 | scaleMode 'zoom' is unknown; accepted are preserveAspectRatio",
            "jpegQuality=101 | jpegQuality is 101; it must be from 0 to 100", "dataTransfer=shm | dataTransfer 'shm' is unknown; accepted are embedded",
            "sharedMemorySizeMiB=0&dataTransfer=sharedMemory | sharedMemorySizeMiB is 0", "responseTimeout=0 | responseTimeout is 0",
            "sharedMemoryChmod=999&dataTransfer=sharedMemory | sharedMemoryChmod is '999'", "whenFull=wait | whenFull 'wait' is unknown; accepted are block, fail",
            "timescale=0 | timescale is 0", "maximumSamplesPerSecond=-1 | maximumSamplesPerSecond is -1",
            "username=x | username is set and password is not" })
    void aWrongOptionIsNamedWithWhatIsAccepted(String optionAndMessage) {
        String[] parts = optionAndMessage.split(" \\| ");
        assertThatThrownBy(() -> template.requestBody("lvagrpc:127.0.0.1:5001?" + parts[0], new byte[1]))
                .hasStackTraceContaining(parts[1]);
    }

    private Message send(String options, Object body, Map<String, Object> headers) {
        return send("extension", options, body, headers);
    }

    private Message send(String route, String options, Object body, Map<String, Object> headers) {
        Exchange answered = template.send(uri(route, options), exchange(body, headers));
        if (answered.getException() != null) {
            throw new AssertionError(answered.getException());
        }
        return answered.getMessage();
    }

    private Exchange exchange(Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        return exchange;
    }

    private String uri(String route, String options) {
        return "lvagrpc:127.0.0.1:" + port(route) + "?responseTimeout=" + Duration.ofSeconds(10).toMillis() + options;
    }

    private Message frame() {
        List<Exchange> frames = getMockEndpoint("mock:frames").getExchanges();
        return frames.get(frames.size() - 1).getMessage();
    }

    private static BufferedImage image(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    private static byte[] truncatedJpg() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image(64, 48, RED), "jpg", out);
        // its tables and its size are in the first bytes, the end of its data is not
        return Arrays.copyOf(out.toByteArray(), out.size() - 10);
    }

    private static byte[] png(BufferedImage image) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private static Inference box(float l, float t, float w, float h) {
        return Inference.newBuilder().setEntity(Entity.newBuilder().setTag(Tag.newBuilder().setValue("x"))
                .setBox(Rectangle.newBuilder().setL(l).setT(t).setW(w).setH(h))).build();
    }
}
