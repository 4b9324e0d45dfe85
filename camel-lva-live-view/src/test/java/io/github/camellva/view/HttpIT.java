package io.github.camellva.view;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureCodec;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What the server says, to whoever asks in whatever way. */
@Timeout(60)
class HttpIT {

    private static final Processor FOUND = exchange -> exchange.getMessage().setBody(Findings.ofEveryKind());
    private static final String JPG = "encoding=JPG";

    private final HttpClient http = HttpClient.newHttpClient();
    private Application application;

    private record Received(JsonNode description, byte[] picture) {
    }

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "style.css", "app.js", "cameras", "frames?seen=", "nothing", "frames/../x" })
    void everyAnswerHasTheHeadersThatKeepABrowserInBounds(String path) throws Exception {
        start("");
        HttpResponse<String> answer = get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValue(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none';"
                                                                                    + " frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void theHeaderFilterOfTheConsumerGrowsByOneHoweverManyRequestsCome() throws Exception {
        application = Application.prepare("show=received", FOUND);
        Queue<Long> depths = new ConcurrentLinkedQueue<>();
        application.context().getEndpoint("platform-http:/live?matchOnUriPrefix=true", PlatformHttpEndpoint.class)
                .setHeaderFilterStrategy(new HttpHeaderFilterStrategy() {
                    @Override
                    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
                        depths.add(StackWalker.getInstance().walk(frames -> frames
                                .filter(frame -> frame.getClassName().equals(CachingHeaders.class.getName())).count()));
                        return super.applyFilterToCamelHeaders(name, value, exchange);
                    }
                });
        application.start();
        for (int i = 0; i < 10; i++) {
            assertThat(get("cameras").statusCode()).isEqualTo(200);
        }
        assertThat(depths).isNotEmpty().containsOnly(1L);
    }

    @Test
    void whatARequestSaysIsNotSaidBack() throws Exception {
        start("");
        HttpResponse<String> answer = http.send(
                request("cameras?secret=1").header("Authorization", "Basic c2VjcmV0").header("Cookie", "secret=1").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("authorization", "cookie", "secret");
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH" })
    void nothingButGetIsAccepted(String method) throws Exception {
        start("");
        HttpResponse<String> answer = http.send(
                request("cameras").method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = { "nothing", "..a", "x/app.js", "x%2f..%2fapp.js", "app.js/", "page/app.js", "LiveView.class", "package-info.class" })
    void whatThePageDoesNotHaveIsNotFound(String path) throws Exception {
        start("");
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).startsWith("{\"error\":");
    }

    @Test
    void withoutItsSlashThePageSendsTheBrowserThere() throws Exception {
        start("");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(application.page().toString().replaceFirst("/$", ""))).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("live/");
    }

    @Test
    void jpgPicturesGoThroughUntouchedAndOthersAreEncodedAndScaled() throws Exception {
        start("maxWidth=320");
        application.camera("front door", JPG, 10, index -> TestCamera.jpg());
        application.camera("gate", "encoding=RAW&pixelFormat=RGB24", 10, TestCamera::plain);
        application.camera("lawn", "encoding=PNG", 10, TestCamera::plain);
        JsonNode cameras = awaitCameras(3);
        assertThat(cameras.findValuesAsText("name")).containsExactly("front door", "gate", "lawn");
        Received front = awaitFrame(id(cameras, 0));
        assertThat(ByteBuffer.wrap(front.picture())).isEqualTo(TestCamera.jpg());
        assertThat(front.description().at("/document/inferences/0/entity/tag/value").asText()).isEqualTo("person");
        for (int camera = 1; camera <= 2; camera++) {
            Received frame = awaitFrame(id(cameras, camera));
            assertThat(PictureCodec.decode(ByteBuffer.wrap(frame.picture())).getWidth()).isEqualTo(320);
            assertThat(PictureCodec.decode(ByteBuffer.wrap(frame.picture())).getHeight()).isEqualTo(180);
        }
    }

    @Test
    void aRequestWaitsUntilThereIsANewerFrame() throws Exception {
        start("maximumFramesPerSecond=2");
        application.camera("gate", JPG, 10, index -> TestCamera.jpg());
        String id = id(awaitCameras(1), 0);
        Received first = awaitFrame(id);
        long number = first.description().path("number").asLong();
        List<Received> next = frames("frames?seen=" + id + "-" + number);
        assertThat(next).singleElement().satisfies(
                frame -> assertThat(frame.description().path("number").asLong()).isGreaterThan(number));
        // at most two a second: what has waited was not sent the frames between
        assertThat(next.get(0).description().path("sequenceNumber").asLong())
                .isGreaterThan(first.description().path("sequenceNumber").asLong() + 2);
    }

    @Test
    void nothingIsHeldWhenNobodyWatches() throws Exception {
        start("");
        application.camera("gate", JPG, 20, index -> TestCamera.jpg());
        String id = id(awaitCameras(1), 0);
        Camera camera = application.view().cameras().find(id);
        await().until(() -> camera.status().frames() > 0);
        assertThat(camera.newsSince(0)).isNull();
        assertThat(application.view().isInterested("gate")).isFalse();
        awaitFrame(id);
        assertThat(application.view().isInterested("gate")).isTrue();
        camera.watchUntil(System.nanoTime());
        await().untilAsserted(() -> assertThat(camera.newsSince(0)).isNull());
    }

    @Test
    void accessIsDecidedForEveryCameraAndEveryRequest() throws Exception {
        application = Application.prepare("show=received&cameraAccess=#access", FOUND);
        application.context().getRegistry().bind("access", (CameraAccess) (request, graph) -> {
            if (graph.equals("broken rule")) {
                throw new IllegalStateException("in a test");
            }
            return graph.equals(request.getMessage().getHeader("X-May-Watch", String.class));
        });
        application.start();
        for (String name : List.of("front door", "gate", "broken rule")) {
            application.camera(name, JPG, 10, index -> TestCamera.jpg());
        }
        await().until(() -> {
            application.view().cameras().refresh();
            return application.view().cameras().all().size() == 3;
        });
        JsonNode mine = json(http.send(request("cameras").header("X-May-Watch", "gate").build(), HttpResponse.BodyHandlers.ofString()));
        assertThat(mine.path("cameras").findValuesAsText("name")).containsExactly("gate");
        assertThat(json(get("cameras")).path("cameras")).isEmpty();
        // knowing the id of a camera does not help
        String id = id(mine.path("cameras"), 0);
        assertThat(frames("frames?seen=" + id + "-0")).isEmpty();
        assertThat(application.view().isInterested("gate")).isFalse();
        HttpResponse<byte[]> answer = http.send(
                request("frames?seen=" + id + "-0").header("X-May-Watch", "gate").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(unpack(answer.body())).hasSize(1);
    }

    @Test
    void moreViewersThanTheLimitAreToldOfIt() throws Exception {
        start("maxViewers=2&maxWaiting=2");
        application.camera("gate", JPG, 10, TestCamera::onlyOne);
        String id = id(awaitCameras(1), 0);
        List<CompletableFuture<HttpResponse<byte[]>>> waiting = IntStream.range(0, 2).mapToObj(i -> http.sendAsync(
                request("frames?seen=" + id + "-0").build(), HttpResponse.BodyHandlers.ofByteArray())).toList();
        await().untilAsserted(() -> {
            HttpResponse<String> refused = get("frames?seen=");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).path("error").asText()).contains("there are 2 requests for frames at once", "maxViewers");
        });
        application.view().endWaiting();
        for (CompletableFuture<HttpResponse<byte[]>> answer : waiting) {
            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        await().until(() -> get("frames?seen=").statusCode() == 200);
    }

    @Test
    void aRequestThatHasWaitedLongIsAnsweredWithoutAFrame() throws Exception {
        start("");
        application.camera("gate", JPG, 10, TestCamera::onlyOne);
        String id = id(awaitCameras(1), 0);
        await().until(() -> application.view().cameras().find(id).status().answered() > 0);
        assertThat(frames("frames?seen=" + id + "-0")).isEmpty();
    }

    @Test
    void picturesBeyondTheLimitOfBytesAreNotHeld() throws Exception {
        start("maxBytes=1048576&maxWidth=4000&jpegQuality=100");
        byte[] large = new byte[3 << 20];
        application.camera("gate", "encoding=RAW&pixelFormat=RGB24&width=1024&height=1024", 10, index -> large);
        String id = id(awaitCameras(1), 0);
        assertThat(frames("frames?seen=" + id + "-0")).isEmpty();
    }

    @Test
    void aViewerThatReadsNothingHoldsUpNobody() throws Exception {
        start("");
        application.camera("gate", "encoding=RAW&pixelFormat=RGB24", 10, TestCamera::plain);
        String id = id(awaitCameras(1), 0);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket("127.0.0.1", application.page().getPort());
                slow.add(socket);
                socket.getOutputStream().write(("GET /live/frames?seen=" + id + "-0 HTTP/1.1\r\nHost: x\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
            long number = 0;
            for (int i = 0; i < 20; i++) {
                long before = number;
                number = awaitFrame(id, before).description().path("number").asLong();
                assertThat(number).isGreaterThan(before);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void picturesThatViewersHaveYetToReadAreBounded() throws Exception {
        start("maxBytes=4194304");
        application.camera("gate", JPG, 10, index -> large());
        String id = id(awaitCameras(1), 0);
        awaitFrame(id);
        List<Socket> slow = new ArrayList<>();
        try {
            // each connection takes some that the kernel holds, and some that the server does
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                Socket socket = connect();
                slow.add(socket);
                for (int i = 0; i < 20; i++) {
                    socket.getOutputStream().write(requestBytes("frames?seen=" + id + "-0"));
                }
                HttpResponse<String> refused = get("frames?seen=" + id + "-0");
                return refused.statusCode() == 503 && json(refused).path("error").asText().contains("4194304 bytes, is reached");
            });
            assertThat(application.view().bytesHeld()).isLessThanOrEqualTo(4194304);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        await().until(() -> get("frames?seen=" + id + "-0").statusCode() == 200);
        await().until(() -> application.view().bytesHeld() < 2 << 20);
    }

    @Test
    void whoeverAsksOnAndOnWithoutReadingIsNotAnsweredOnAndOn() throws Exception {
        start("");
        application.camera("gate", JPG, 10, index -> large());
        String id = id(awaitCameras(1), 0);
        int bytes = awaitFrame(id).picture().length;
        int requests = 200;
        AtomicInteger answered = new AtomicInteger();
        application.context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCompletedEvent completed && completed.getExchange().getFromRouteId().equals("view")) {
                    answered.incrementAndGet();
                }
            }
        });
        try (Socket socket = connect()) {
            for (int i = 0; i < requests; i++) {
                socket.getOutputStream().write(requestBytes("frames?seen=" + id + "-0"));
            }
            await().until(() -> answered.get() >= requests);
            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(requests * bytes / 3);
        }
        assertThat(get("app.js").statusCode()).isEqualTo(200);
    }

    @Test
    void thoseWhoWaitAreAnsweredWhenTheApplicationStops() throws Exception {
        start("");
        application.camera("gate", JPG, 10, TestCamera::onlyOne);
        String id = id(awaitCameras(1), 0);
        CompletableFuture<HttpResponse<byte[]>> waiting = http.sendAsync(
                request("frames?seen=" + id + "-0").build(), HttpResponse.BodyHandlers.ofByteArray());
        await().until(() -> application.view().isInterested("gate"));
        application.stopView();
        assertThat(waiting.get(20, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
    }

    @Test
    void graphInstancesAndDirectionsCanBeChosen() throws Exception {
        start("show=all&graphInstanceNames=front*, lawn".replace(" ", "%20"));
        for (String name : List.of("front door", "gate", "lawn")) {
            application.camera(name, JPG, 10, index -> TestCamera.jpg());
        }
        JsonNode cameras = awaitCameras(4);
        assertThat(cameras.findValuesAsText("name")).containsExactly("front door", "front door", "lawn", "lawn");
        assertThat(cameras.findValuesAsText("direction")).contains("sent", "received");
        for (JsonNode camera : cameras) {
            assertThat(ByteBuffer.wrap(awaitFrame(camera.path("id").asText()).picture())).isEqualTo(TestCamera.jpg());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "show=nobody", "maximumFramesPerSecond=0", "jpegQuality=101", "maxWidth=1", "maxCameras=0", "maxBytes=1" })
    void anOptionThatIsOutOfRangeIsNamedWithWhatIsAccepted(String option) {
        assertThatThrownBy(() -> start(option)).rootCause()
                .hasMessageStartingWith(option).hasMessageContaining("accepted");
    }

    private void start(String options) throws Exception {
        application = Application.start(options.contains("show=") ? options : options.isEmpty() ? "show=received" : "show=received&" + options, FOUND);
    }

    /** Of a viewer that reads nothing. */
    private Socket connect() throws IOException {
        Socket socket = new Socket();
        // before it connects, so that the server's own buffers are nearly all that there is
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress("127.0.0.1", application.page().getPort()));
        return socket;
    }

    private static byte[] requestBytes(String path) {
        return ("GET /live/" + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A picture of a few hundred kilobytes. */
    private static ByteBuffer large() {
        Random random = new Random(1);
        BufferedImage noise = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
        random.nextBytes(((DataBufferByte) noise.getRaster().getDataBuffer()).getData());
        try {
            return PictureCodec.encodeJpg(noise, 80);
        } catch (FrameException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(application.page() + path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private JsonNode awaitCameras(int many) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> json(get("cameras")).path("cameras"), list -> list.size() == many);
    }

    private static String id(JsonNode cameras, int index) {
        return cameras.get(index).path("id").asText();
    }

    private Received awaitFrame(String id) {
        return awaitFrame(id, 0);
    }

    private Received awaitFrame(String id, long seen) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> frames("frames?seen=" + id + "-" + seen), list -> list.size() == 1).get(0);
    }

    private List<Received> frames(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return unpack(answer.body().readAllBytes());
    }

    private static List<Received> unpack(byte[] body) throws IOException {
        List<Received> frames = new ArrayList<>();
        for (ByteBuffer rest = ByteBuffer.wrap(body); rest.hasRemaining();) {
            frames.add(new Received(new ObjectMapper().readTree(part(rest)), part(rest)));
        }
        return frames;
    }

    private static byte[] part(ByteBuffer rest) {
        byte[] part = new byte[rest.getInt()];
        rest.get(part);
        return part;
    }
}
