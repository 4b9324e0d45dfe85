package io.github.camellva.onnx;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.onnx.demo.BrightBlobs;
import io.github.camellva.onnx.demo.Frames;
import io.github.camellva.onnx.demo.OnnxGraph;
import io.github.camellva.onnx.demo.TinyModel;
import io.github.camellva.onnx.detect.Layout;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Models that are loaded, refused, chosen, shared and replaced. */
@Timeout(60)
class ModelsIT extends CamelTestSupport {

    private static final byte[] LAMP = Frames.withRectangle(320, 160, 200, 40, 60, 80);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = { "YOLOV5", "YOLOV8", "END_TO_END" })
    void theBoxFollowsTheObjectThroughTheLetterbox(Layout layout) throws Exception {
        String uri = uri(BrightBlobs.graph(160, 160, layout), "m") + "?layout=" + layout.option();
        // a wide frame, a tall one, and one that grows
        assertThatBoxFits(uri, 320, 160, 40, 60, 80, 40);
        assertThatBoxFits(uri, 320, 160, 200, 20, 60, 120);
        assertThatBoxFits(uri, 120, 400, 10, 300, 60, 40);
        assertThatBoxFits(uri, 64, 48, 30, 10, 20, 20);
    }

    @Test
    void framesAtOnceEachGetTheBoxesOfTheirOwn() throws Exception {
        String uri = uri(BrightBlobs.graph(160, 160, Layout.YOLOV8), "m") + "?parallel=3";
        List<CompletableFuture<Exchange>> frames = IntStream.range(0, 120).mapToObj(i -> template.asyncSend(uri, exchange -> {
            exchange.getMessage().setBody(ByteBuffer.wrap(Frames.withRectangle(320, 160, 20 + i, 40, 40, 40)));
            exchange.getMessage().setHeaders(headers(320, 160));
        })).toList();
        for (int i = 0; i < frames.size(); i++) {
            List<?> found = frames.get(i).get(30, TimeUnit.SECONDS).getMessage().getBody(List.class);
            assertThat(found).hasSize(1);
            assertThatBoxFits((Inference) found.get(0), 20 + i, 40, 40, 40, 320, 160);
        }
    }

    @Test
    void labelsComeFromTheOptionThenTheFileBesideThenTheMetadata() throws Exception {
        String uri = uri(found(300, 6, 8, 8, 24, 24, 0.5f, 1).metadata("names", "['a', 'b']"), "m");
        assertThat(labels(uri + "?labels=x,y")).containsExactly("y");
        assertThat(labels(uri)).containsExactly("b");
        Files.writeString(directory.resolve("m.txt"), "one\nother");
        assertThat(labels(uri + "?confidence=0.3")).as("a model that is loaded keeps its labels").containsExactly("b");
        context.removeEndpoints("lvaonnx:*");
        Files.copy(directory.resolve("m.onnx"), directory.resolve("n.onnx"));
        Files.writeString(directory.resolve("n.txt"), "one\nother");
        assertThat(labels("lvaonnx:" + directory.resolve("n.onnx"))).containsExactly("other");
    }

    @Test
    void theExtensionConfigurationOrAHeaderChoosesAmongTheModelsOfADirectory() throws Exception {
        write(BrightBlobs.graph(160, 160, Layout.END_TO_END), "people");
        write(TinyModel.ofClasses(1).metadata("names", "['car']").metadata("task", "detect"), "cars");
        String uri = "lvaonnx:" + directory;
        assertThat(find(uri, Map.of(LvaGrpcConstants.EXTENSION_CONFIGURATION, "people"))).hasSize(1);
        assertThat(find(uri, Map.of(LvaGrpcConstants.EXTENSION_CONFIGURATION, "{\"model\":\"people\",\"confidence\":0.99}"))).isEmpty();
        assertThat(find(uri, Map.of(LvaGrpcConstants.EXTENSION_CONFIGURATION, "cars"))).isEmpty();
        assertThat(find(uri, Map.of(LvaOnnxConstants.MODEL, "people", LvaGrpcConstants.EXTENSION_CONFIGURATION, "cars"))).hasSize(1);
        assertThatThrownBy(() -> find(uri, Map.of())).hasRootCauseMessage(
                "no model is chosen; the header CamelLvaOnnxModel or the extension configuration may name one of [cars, people]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "dogs", "people.onnx", "../people", "People", "./people", "people\u0000" })
    void aNodeReachesNoModelButThoseOfTheDirectory(String name) throws Exception {
        write(BrightBlobs.graph(160, 160, Layout.END_TO_END), "people");
        assertThatThrownBy(() -> find("lvaonnx:" + directory, Map.of(LvaGrpcConstants.EXTENSION_CONFIGURATION, name)))
                .rootCause().hasMessageStartingWith("there is no model '").hasMessageEndingWith("may name one of [people]");
    }

    @Test
    void anExtensionConfigurationThatMeansSomethingElseCanBeIgnored() throws Exception {
        String uri = uri(BrightBlobs.graph(160, 160, Layout.END_TO_END), "m");
        Map<String, Object> other = Map.of(LvaGrpcConstants.EXTENSION_CONFIGURATION, "{\"zone\":7}");
        assertThatThrownBy(() -> find(uri, other)).rootCause().hasMessageContaining("useExtensionConfiguration=false");
        assertThat(find(uri + "?useExtensionConfiguration=false", other)).hasSize(1);
    }

    @Test
    void aModelIsReplacedWhenItsFileChangesAndStaysWhenTheNewOneIsBroken() throws Exception {
        String uri = uri(BrightBlobs.graph(160, 160, Layout.END_TO_END), "m") + "?reload=true";
        assertThat(find(uri, Map.of())).hasSize(1);
        Path file = directory.resolve("m.onnx");
        Files.writeString(file, "broken");
        LvaOnnxProducer producer = context.getComponent("lvaonnx", LvaOnnxComponent.class).producers().get(0);
        await().untilAsserted(() -> assertThat(producer.getRefusedFiles()).contains("ORT_INVALID_PROTOBUF"));
        assertThat(find(uri, Map.of())).hasSize(1);
        found(300, 6, 8, 8, 24, 24, 0.5f, 0).metadata("names", "['other']").write(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        await().untilAsserted(() -> assertThat(labels(uri)).containsExactly("other"));
        assertThat(producer.getRefusedFiles()).isEmpty();
    }

    @Test
    void endpointsShareAModelAndTheComponentHasALimit() throws Exception {
        LvaOnnxComponent component = context.getComponent("lvaonnx", LvaOnnxComponent.class);
        component.setMaxModels(1);
        String uri = uri(BrightBlobs.graph(160, 160, Layout.END_TO_END), "m");
        assertThat(find(uri, Map.of())).hasSize(1);
        assertThat(find(uri + "?confidence=0.99", Map.of())).isEmpty();
        String other = uri(BrightBlobs.graph(160, 160, Layout.END_TO_END), "n");
        assertThatThrownBy(() -> find(other, Map.of())).rootCause().hasMessageContaining(
                "1 models are loaded already, which is what maxModels of the component lvaonnx allows");
    }

    @Test
    void aResourceOfTheClassPathIsAModelToo() throws Exception {
        find("lvaonnx:classpath:reference/yolov8-dynamic.onnx?inputSize=160x128", Map.of());
        assertThat(description("yolov8-dynamic.onnx")).startsWith("yolov8-dynamic, input 160x128");
        assertThatThrownBy(() -> find("lvaonnx:classpath:none.onnx", Map.of())).rootCause()
                .hasMessage("classpath:none.onnx: the class path has no such resource");
    }

    @Test
    void moreFramesThanMayWaitFailAndTheRestIsAnswered() throws Exception {
        String uri = uri(BrightBlobs.graph(640, 640, Layout.YOLOV8), "m") + "?parallel=1&maxWaiting=1&threads=1";
        find(uri, Map.of());
        List<CompletableFuture<Exchange>> frames = IntStream.range(0, 30).mapToObj(i -> template.asyncSend(uri, exchange -> {
            exchange.getMessage().setBody(ByteBuffer.wrap(LAMP));
            exchange.getMessage().setHeaders(headers(320, 160));
        })).toList();
        List<Exchange> done = frames.stream().map(CompletableFuture::join).toList();
        assertThat(done).anySatisfy(exchange -> assertThat(exchange.getException())
                .hasMessageContaining("1 frames wait already, which is what maxWaiting allows"));
        assertThat(done).filteredOn(exchange -> exchange.getException() == null).isNotEmpty()
                .allSatisfy(exchange -> assertThat(exchange.getMessage().getBody(Object[].class)).hasSize(1));
    }

    @Test
    void framesThatWaitWhenItStopsFailAndNoneIsForgotten() throws Exception {
        String uri = uri(BrightBlobs.graph(640, 640, Layout.YOLOV8), "m") + "?parallel=1&threads=1";
        AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
        producer.start();
        CountDownLatch done = new CountDownLatch(30);
        List<Exchange> frames = IntStream.range(0, 30).mapToObj(i -> frame()).toList();
        frames.forEach(frame -> producer.process(frame, doneSync -> done.countDown()));
        producer.stop();
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(frames).last().satisfies(
                frame -> assertThat(frame.getException()).hasMessageContaining("it was stopped before the frame's turn"));
        Exchange late = frame();
        producer.process(late, doneSync -> { });
        assertThat(late.getException()).hasMessageEndingWith("it is stopped");
    }

    @Test
    void anotherNumberOfLabelsThanClassesIsRefusedWithBoth() throws Exception {
        assertRefused(TinyModel.ofClasses(2).metadata("task", "detect"), "labels=person,car,bus",
                "the model has 2 classes, and there are 3 labels in the option labels");
        assertRefused(TinyModel.ofClasses(80).metadata("task", "detect").metadata("names", "{0: 'person'}"), "",
                "the model has 80 classes, and there are 1 labels in the model's metadata");
        assertRefused(TinyModel.ofClasses(80).metadata("task", "detect"), "",
                "its metadata has no names, and there is no file model.txt beside it");
    }

    @Test
    void aModelOfAnySizeTakesThatOfItsMetadataOrTheOneChosen() throws Exception {
        OnnxGraph model = TinyModel.of(new float[300 * 6], new long[] { 1, 300, 6 }, OnnxGraph.FLOAT, -1, 3, -1, -1)
                .metadata("names", "['a']");
        assertRefused(model, "", "its metadata has no imgsz; choose one, for instance inputSize=640");
        String uri = uri(model, "m");
        find(uri + "?inputSize=96x64", Map.of());
        assertThat(description(uri)).contains("input 96x64");
        find(uri(model.metadata("imgsz", "[320, 640]"), "n"), Map.of());
        assertThat(description("n.onnx")).contains("input 640x320");
        assertRefused(TinyModel.ofClasses(1).metadata("task", "detect").metadata("names", "['a']"), "inputSize=640",
                "inputSize is 640x640, and its input is always 64x64");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "1  | 1 3 64      | [images FLOAT [1, 3, 64]]",
            "1  | 1 1 64 64   | [images FLOAT [1, 1, 64, 64]]",
            "1  | 1 64 64 3   | [images FLOAT [1, 64, 64, 3]]",
            "1  | 2 3 64 64   | [images FLOAT [2, 3, 64, 64]]",
            "2  | 1 3 64 64   | [images UINT8 [1, 3, 64, 64]]" })
    void inputsThatAreNoPicturesAreRefused(int type, String shape, String inputs) throws Exception {
        assertRefused(TinyModel.of(new float[300 * 6], new long[] { 1, 300, 6 }, type, sides(shape)), "",
                "its inputs are " + inputs + "; one input of type FLOAT or FLOAT16 and shape [1, 3, height, width] is accepted");
    }

    @Test
    void outputsThatCannotBeReadAreRefusedWithThoseThatCan() throws Exception {
        assertRefused(TinyModel.of(new float[255 * 4], 1, 255, 2, 2).metadata("names", "['a']"), "",
                "its output has the shape [1, 255, 2, 2], whose meaning is not clear");
        assertRefused(TinyModel.of(new float[300 * 6], 1, 300, 6)
                .node("Identity", List.of("images"), "proto").output("proto", OnnxGraph.FLOAT, 1, 3, 64, 64), "",
                "its outputs are [output0 FLOAT [1, 300, 6], proto FLOAT [1, 3, 64, 64]]; one of type FLOAT or FLOAT16 is accepted");
        assertRefused(TinyModel.ofClasses(52).metadata("task", "pose").metadata("names", "['a']"), "",
                "it is a model for the task pose; detect and classify are accepted");
        assertRefused(TinyModel.of(new float[6 * 84], 1, 84, 6).metadata("names", "['a']"), "",
                "which YOLOv6 and YOLOX fill with different numbers");
    }

    @Test
    void whatIsNoModelIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("text.onnx"), "nothing to see here");
        assertThatThrownBy(() -> find("lvaonnx:" + text, Map.of())).rootCause().hasMessageContaining("ORT_INVALID_PROTOBUF");
        assertThatThrownBy(() -> find("lvaonnx:" + directory.resolve("none.onnx"), Map.of())).rootCause()
                .hasMessageEndingWith("none.onnx: there is no such file");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> find("lvaonnx:" + empty, Map.of())).rootCause()
                .hasMessage(empty + ": the directory has no file named *.onnx");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "confidence=40          | confidence is 40.0; it must be above 0, and 1 at most",
            "iou=0                  | iou is 0.0; it must be above 0, and 1 at most",
            "maxDetections=0        | maxDetections is 0; it must be from 1 to 3000",
            "parallel=65            | parallel is 65; it must be from 1 to 64",
            "threads=-1             | threads is -1; it must be from 0 to 256",
            "layout=yolo            | layout 'yolo' is unknown; accepted are auto, yolov5, yolov8, endToEnd, yolox, classification",
            "executionProvider=TPU  | executionProvider 'TPU' is unknown; accepted are CPU, CUDA, OPENVINO",
            "executionProvider=CUDA | this ONNX Runtime has no execution provider CUDA, only [CPU",
            "channelOrder=GRB       | channelOrder 'GRB' is unknown; accepted are auto, RGB, BGR",
            "pixelValues=bytes      | pixelValues 'bytes' is unknown; accepted are auto, unit, levels, imagenet",
            "inputSize=big          | inputSize is 'big'; 640, or 640x384 with the width first, is accepted",
            "inputSize=5000         | sides of 1 to 4096 are accepted",
            "classes=dog            | classes has 'dog', which is no label of the model; it has [bright]",
            "classes=bright,,       | classes is 'bright,,', which has an empty place between its commas",
            "attributes=site        | attributes has 'site'; name=value is accepted, several are separated by commas" })
    void anOptionThatIsNotAcceptedIsToldWithWhatIs(String option, String message) throws Exception {
        String uri = uri(BrightBlobs.graph(160, 160, Layout.END_TO_END), "m");
        assertThatThrownBy(() -> find(uri + "?" + option, Map.of())).rootCause().hasMessageContaining(message);
    }

    @Test
    void aFrameThatCannotBeReadFailsAlone() throws Exception {
        String uri = uri(BrightBlobs.graph(160, 160, Layout.END_TO_END), "m");
        assertThatThrownBy(() -> template.requestBody(uri, ByteBuffer.wrap(new byte[9]))).isInstanceOf(CamelExecutionException.class)
                .cause().isInstanceOf(LvaOnnxException.class).hasMessageStartingWith(uri + ": ")
                .hasMessageContaining("JPG, PNG and BMP are accepted");
        assertThat(find(uri, Map.of())).hasSize(1);
    }

    private Exchange frame() {
        Exchange frame = new DefaultExchange(context);
        frame.getMessage().setBody(ByteBuffer.wrap(LAMP));
        frame.getMessage().setHeaders(headers(320, 160));
        return frame;
    }

    private void assertRefused(OnnxGraph model, String options, String message) throws Exception {
        String uri = uri(model, "model") + (options.isEmpty() ? "" : "?" + options);
        assertThatThrownBy(() -> find(uri, Map.of())).hasStackTraceContaining(directory.resolve("model.onnx") + ": ")
                .hasStackTraceContaining(message);
    }

    private Path write(OnnxGraph graph, String name) throws Exception {
        return TinyModel.write(graph, directory.resolve(name + ".onnx"));
    }

    private String uri(OnnxGraph graph, String name) throws Exception {
        return "lvaonnx:" + write(graph, name);
    }

    private List<?> find(String uri, Map<String, Object> chosen) {
        Map<String, Object> headers = headers(320, 160);
        headers.putAll(chosen);
        return template.requestBodyAndHeaders(uri, ByteBuffer.wrap(LAMP), headers, List.class);
    }

    private List<String> labels(String uri) {
        return find(uri, Map.of()).stream().map(inference -> ((Inference) inference).getEntity().getTag().getValue()).toList();
    }

    private String description(String uri) {
        return context.getComponent("lvaonnx", LvaOnnxComponent.class).producers().stream()
                .filter(producer -> producer.getEndpoint().getEndpointUri().contains(uri.replaceFirst("^lvaonnx:", "")))
                .map(LvaOnnxProducer::getModels).findFirst().orElseThrow();
    }

    private void assertThatBoxFits(String uri, int width, int height, int left, int top, int boxWidth, int boxHeight) {
        List<?> found = template.requestBodyAndHeaders(
                uri, ByteBuffer.wrap(Frames.withRectangle(width, height, left, top, boxWidth, boxHeight)), headers(width, height),
                List.class);
        assertThat(found).hasSize(1);
        assertThatBoxFits((Inference) found.get(0), left, top, boxWidth, boxHeight, width, height);
    }

    /** More than 0.85 of both boxes together is in both. */
    private static void assertThatBoxFits(
            Inference object, int left, int top, int boxWidth, int boxHeight, int width, int height) {
        Rectangle box = object.getEntity().getBox();
        double foundLeft = box.getL() * width;
        double foundTop = box.getT() * height;
        double shared = Math.max(0, Math.min(foundLeft + box.getW() * width, left + boxWidth) - Math.max(foundLeft, left))
                        * Math.max(0, Math.min(foundTop + box.getH() * height, top + boxHeight) - Math.max(foundTop, top));
        double both = box.getW() * width * box.getH() * height + boxWidth * boxHeight - shared;
        assertThat(shared / both).as("overlap").isGreaterThan(0.85);
    }

    private static Map<String, Object> headers(int width, int height) {
        return new HashMap<>(Map.of(LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.PIXEL_FORMAT, "RGB24",
                LvaGrpcConstants.WIDTH, width, LvaGrpcConstants.HEIGHT, height));
    }

    /** Puts out one row, and zeros. */
    private static OnnxGraph found(int rows, int columns, float... row) {
        float[] values = new float[rows * columns];
        System.arraycopy(row, 0, values, 0, row.length);
        return TinyModel.of(values, 1, rows, columns);
    }

    private static long[] sides(String shape) {
        return Arrays.stream(shape.strip().split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
