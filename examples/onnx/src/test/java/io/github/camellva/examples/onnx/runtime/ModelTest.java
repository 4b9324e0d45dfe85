package io.github.camellva.examples.onnx.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.Box;
import io.github.camellva.examples.onnx.Frames;
import io.github.camellva.examples.onnx.TinyModel;
import io.github.camellva.examples.onnx.demo.BrightBlobs;
import io.github.camellva.examples.onnx.demo.OnnxGraph;
import io.github.camellva.examples.onnx.yolo.FramePixels;
import io.github.camellva.examples.onnx.yolo.OutputLayout;
import io.github.camellva.examples.onnx.yolo.Thresholds;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.proto.Inference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ModelTest {

    private static final ModelSettings SETTINGS = new ModelSettings(Optional.empty(), 1, 2);
    private static final int SIDE = TinyModel.SIDE;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(OutputLayout.class)
    void theBoxFollowsTheObjectThroughTheLetterbox(OutputLayout layout) throws Exception {
        try (Model model = load(BrightBlobs.graph(160, 160, layout))) {
            assertThat(model.toString()).contains(layout.toString());
            // a wide frame, a tall one, and one that grows
            assertThatBoxFits(model, 320, 160, 40, 60, 80, 40);
            assertThatBoxFits(model, 320, 160, 200, 20, 60, 120);
            assertThatBoxFits(model, 120, 400, 10, 300, 60, 40);
            assertThatBoxFits(model, 64, 48, 30, 10, 20, 20);
        }
    }

    @ParameterizedTest
    @EnumSource(OutputLayout.class)
    void everyObjectIsFoundOnce(OutputLayout layout) throws Exception {
        byte[] frame = Frames.withRectangle(320, 160, 20, 20, 60, 40);
        byte[] other = Frames.withRectangle(320, 160, 200, 90, 60, 40);
        for (int at = 0; at < frame.length; at++) {
            frame[at] = (byte) Math.max(frame[at] & 0xFF, other[at] & 0xFF);
        }
        try (Model model = load(BrightBlobs.graph(160, 160, layout))) {
            assertThat(detect(model, 320, 160, frame)).extracting(inference -> inference.getEntity().getTag().getValue())
                    .containsExactly(BrightBlobs.LABEL, BrightBlobs.LABEL);
            assertThat(detect(model, 320, 160, Frames.withRectangle(320, 160, 0, 0, 0, 0))).isEmpty();
        }
    }

    @Test
    void aConfidenceThatIsNotReachedFindsNothing() throws Exception {
        try (Model model = load(BrightBlobs.graph(160, 160, OutputLayout.CLASSES_FIRST))) {
            FramePixels frame = FramePixels.of(
                    Frames.raw("RGB24", 160, 160, Frames.withRectangle(160, 160, 40, 40, 40, 40)));
            assertThat(model.detect(frame, Thresholds.DEFAULT.withConfidence(0.97f))).hasSize(1);
            assertThat(model.detect(frame, Thresholds.DEFAULT.withConfidence(0.99f))).isEmpty();
        }
    }

    @Test
    void threadsShareAModelAndEachGetsTheBoxesOfItsOwnFrame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Model model = load(BrightBlobs.graph(160, 160, OutputLayout.CLASSES_FIRST))) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int left = 20 + 30 * thread;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        assertThatBoxFits(model, 320, 160, left, 40, 40, 40);
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
            assertThat(model.times().frames()).isEqualTo(160);
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aFrameThatCannotBeDrawnTakesNothingAway() throws Exception {
        try (Model model = load(BrightBlobs.graph(160, 160, OutputLayout.CLASSES_FIRST))) {
            FramePixels whole = FramePixels.of(Frames.raw("RGB24", 160, 160, new byte[160 * 160 * 3]));
            FramePixels broken = new FramePixels(whole.bytes().slice(0, 3), whole.format());
            for (int i = 0; i <= SETTINGS.parallel(); i++) {
                assertThatThrownBy(() -> model.detect(broken, Thresholds.DEFAULT)).isInstanceOf(RuntimeException.class);
            }
            assertThatBoxFits(model, 320, 160, 40, 60, 80, 40);
        }
    }

    @Test
    void labelsComeFromTheFileAndThenFromTheMetadata() throws Exception {
        Path file = TinyModel.write(found(300, 6, 8, 8, 24, 24, 0.5f, 1).metadata("names", "['a', 'b']"),
                directory.resolve("m.onnx"));
        try (Model model = Model.load(ModelFile.of(file), SETTINGS)) {
            assertThat(tags(model)).containsExactly("b");
        }
        Files.writeString(directory.resolve("m.txt"), "one\nother");
        try (Model model = Model.load(ModelFile.of(file), SETTINGS)) {
            assertThat(tags(model)).containsExactly("other");
        }
    }

    @Test
    void anotherNumberOfLabelsThanClassesIsRefusedWithBoth() throws Exception {
        Files.writeString(directory.resolve("model.txt"), "person\ncar\nbus");
        assertThatThrownBy(() -> load(TinyModel.ofClasses(2)))
                .hasMessage(directory.resolve("model.onnx") + ": the model has 2 classes, and there are 3 labels in "
                            + directory.resolve("model.txt"));
        Files.delete(directory.resolve("model.txt"));
        assertThatThrownBy(() -> load(TinyModel.ofClasses(80).metadata("names", "{0: 'person'}")))
                .hasMessageContaining("the model has 80 classes, and there are 1 labels in the model's metadata");
        assertThatThrownBy(() -> load(TinyModel.ofClasses(80)))
                .hasMessageContaining("its metadata has no names, and there is no file model.txt beside it");
    }

    @Test
    void aModelOfAnySizeTakesThatOfItsMetadataOrTheOneChosen() throws Exception {
        OnnxGraph model = TinyModel.of(new float[300 * 6], new long[] { 1, 300, 6 }, OnnxGraph.FLOAT, -1, 3, -1, -1)
                .metadata("names", "['a']");
        assertThatThrownBy(() -> load(model)).hasMessageContaining("metadata has no imgsz").hasMessageContaining("-Dsize=640");
        try (Model chosen = load(model, new ModelSettings(Optional.of(new InputSize(96, 64)), 1, 1))) {
            assertThat(chosen.toString()).contains("input 96x64");
        }
        model.metadata("imgsz", "[320, 640]");
        try (Model ofMetadata = load(model)) {
            assertThat(ofMetadata.toString()).contains("input 640x320");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "1  | 1 3 64      | its input images is of shape [1, 3, 64]",
            "1  | 1 1 64 64   | its input images is of shape [1, 1, 64, 64]",
            "1  | 1 64 64 3   | its input images is of shape [1, 64, 64, 3]",
            "1  | 2 3 64 64   | its input images is of shape [2, 3, 64, 64]",
            "10 | 1 3 64 64   | its input images is of type FLOAT16; one of type FLOAT and shape"
            + " [1, 3, height, width] is accepted, that is an export without half=True",
            "2  | 1 3 64 64   | its input images is of type UINT8" })
    void inputsThatAreNoPicturesOfFloatsAreRefused(int type, String shape, String message) {
        assertThatThrownBy(() -> load(TinyModel.of(new float[300 * 6], new long[] { 1, 300, 6 }, type, sides(shape))))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(directory.resolve("model.onnx") + ": ").hasMessageContaining(message);
    }

    @Test
    void anOutputOfAnotherShapeIsRefusedWithThoseThatAreAccepted() {
        assertThatThrownBy(() -> load(TinyModel.of(new float[255 * 4], 1, 255, 2, 2).metadata("names", "['a']")))
                .isInstanceOf(ModelException.class).hasMessage(
                        directory.resolve("model.onnx") + ": the output's shape is [1, 255, 2, 2]; accepted are "
                                                               + OutputLayout.accepted());
    }

    @Test
    void severalOutputsAreRefusedWithTheirNamesAndShapes() {
        OnnxGraph model = TinyModel.of(new float[300 * 6], 1, 300, 6)
                .node("Identity", List.of("images"), "proto").output("proto", OnnxGraph.FLOAT, 1, 3, SIDE, SIDE);
        assertThatThrownBy(() -> load(model)).hasMessageContaining(
                "it has the outputs [output0 FLOAT [1, 300, 6], proto FLOAT [1, 3, 64, 64]]; one of type FLOAT is accepted");
    }

    @Test
    void modelsOfOtherTasksAreRefused() {
        assertThatThrownBy(() -> load(TinyModel.ofClasses(52).metadata("task", "pose")))
                .hasMessageContaining("it is a model for the task pose; detect is accepted");
    }

    @Test
    void whatIsNoModelIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("text.onnx"), "nothing to see here");
        assertThatThrownBy(() -> Model.load(ModelFile.of(text), SETTINGS)).isInstanceOf(ModelException.class)
                .hasMessageStartingWith(text + ": it cannot be loaded as an ONNX model: ");
        Path none = directory.resolve("none.onnx");
        assertThatThrownBy(() -> Model.load(ModelFile.of(none), SETTINGS)).isInstanceOf(ModelException.class)
                .hasMessage(none + ": there is no such file that can be read");
    }

    private Model load(OnnxGraph graph) throws Exception {
        return load(graph, SETTINGS);
    }

    private Model load(OnnxGraph graph, ModelSettings settings) throws Exception {
        return Model.load(ModelFile.of(TinyModel.write(graph, directory.resolve("model.onnx"))), settings);
    }

    /** Puts out one row, and zeros. */
    private static OnnxGraph found(int rows, int columns, float... row) {
        float[] values = new float[rows * columns];
        System.arraycopy(row, 0, values, 0, row.length);
        return TinyModel.of(values, 1, rows, columns);
    }

    private static List<String> tags(Model model) throws Exception {
        return detect(model, SIDE, SIDE, new byte[SIDE * SIDE * 3]).stream()
                .map(inference -> inference.getEntity().getTag().getValue()).toList();
    }

    private static void assertThatBoxFits(Model model, int width, int height, int left, int top, int boxWidth, int boxHeight)
            throws Exception {
        List<Inference> objects
                = detect(model, width, height, Frames.withRectangle(width, height, left, top, boxWidth, boxHeight));
        assertThat(objects).hasSize(1);
        Box expected = Box.ofPixels(left, top, boxWidth, boxHeight, width, height);
        assertThat(Box.of(objects.get(0).getEntity().getBox()).overlap(expected)).as("overlap").isGreaterThan(0.85);
    }

    private static List<Inference> detect(Model model, int width, int height, byte[] frame) throws Exception {
        return model.detect(FramePixels.of(Frames.raw("RGB24", width, height, frame)), Thresholds.DEFAULT);
    }

    private static long[] sides(String shape) {
        return Arrays.stream(shape.strip().split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
