package io.github.camellva.onnx;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finds what ONNX Runtime in Python finds, in the same frames with the same models. src/test/python/reference.py wrote what it is
 * compared with: a little of it is kept here, and -Dreference=DIRECTORY names a directory with more.
 */
class ReferenceIT extends CamelTestSupport {

    private static final Logger LOG = LoggerFactory.getLogger(ReferenceIT.class);
    private static final Path DIRECTORY = Path.of(System.getProperty("reference", "src/test/resources/reference"));

    private static final double PIXELS = 1;
    private static final double CONFIDENCE = 0.001;

    /** An object, or a class of a picture, whose box is all of it: in pixels of the frame. */
    private record Found(String label, double confidence, double left, double top, double right, double bottom) {

        double pixelsFrom(Found other) {
            return Math.max(Math.max(Math.abs(left - other.left), Math.abs(top - other.top)),
                    Math.max(Math.abs(right - other.right), Math.abs(bottom - other.bottom)));
        }

        boolean isSame(Found other) {
            return label.equals(other.label) && pixelsFrom(other) <= PIXELS
                    && Math.abs(confidence - other.confidence) <= CONFIDENCE;
        }
    }

    @TestFactory
    List<DynamicTest> eachModelFindsTheSame() throws Exception {
        JsonNode reference = new ObjectMapper().readTree(DIRECTORY.resolve("reference.json").toFile());
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode model : reference.get("models")) {
            tests.add(DynamicTest.dynamicTest(model.get("model").textValue(), () -> compare(model, reference.get("frames"))));
        }
        return tests;
    }

    private void compare(JsonNode model, JsonNode sizes) throws Exception {
        String options = model.get("options").properties().stream().map(option -> option.getKey() + "=" + option.getValue().textValue())
                .collect(Collectors.joining("&"));
        String uri = "lvaonnx:" + DIRECTORY.resolve(model.get("model").textValue() + ".onnx") + "?" + options;
        int objects = 0;
        double pixels = 0;
        double confidence = 0;
        for (Map.Entry<String, JsonNode> frame : model.get("found").properties()) {
            int width = sizes.get(frame.getKey()).get(0).intValue();
            int height = sizes.get(frame.getKey()).get(1).intValue();
            List<Found> found = find(uri, DIRECTORY.resolve(frame.getKey()), width, height);
            for (JsonNode each : frame.getValue()) {
                Found expected = expected(each, width, height);
                Found same = take(expected, found);
                assertThat(same).as("%s in %s, of what is left of %s", expected, frame.getKey(), found).isNotNull();
                objects++;
                pixels = Math.max(pixels, same.pixelsFrom(expected));
                confidence = Math.max(confidence, Math.abs(same.confidence - expected.confidence));
            }
            assertThat(found).as("what Python does not find in %s", frame.getKey()).isEmpty();
        }
        assertThat(objects).isPositive();
        LOG.info("{}: {} objects in {} frames, boxes off by {} pixels at most, confidences by {}", model.get("model").textValue(),
                objects, model.get("found").size(), pixels, confidence);
    }

    private List<Found> find(String uri, Path file, int width, int height) throws Exception {
        Map<String, Object> headers = new HashMap<>(Map.of(LvaGrpcConstants.WIDTH, width, LvaGrpcConstants.HEIGHT, height));
        boolean raw = file.toString().endsWith(".rgb");
        headers.put(LvaGrpcConstants.ENCODING, raw ? "RAW" : "PNG");
        headers.put(LvaGrpcConstants.PIXEL_FORMAT, raw ? "RGB24" : "NONE");
        List<?> inferences = template.requestBodyAndHeaders(uri, ByteBuffer.wrap(Files.readAllBytes(file)), headers, List.class);
        return inferences.stream().map(inference -> found((Inference) inference, width, height))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Found found(Inference inference, int width, int height) {
        if (inference.hasClassification()) {
            return new Found(inference.getClassification().getTag().getValue(),
                    inference.getClassification().getTag().getConfidence(), 0, 0, width, height);
        }
        Rectangle box = inference.getEntity().getBox();
        return new Found(inference.getEntity().getTag().getValue(), inference.getEntity().getTag().getConfidence(),
                (double) box.getL() * width, (double) box.getT() * height, (double) (box.getL() + box.getW()) * width,
                (double) (box.getT() + box.getH()) * height);
    }

    private static Found expected(JsonNode each, int width, int height) {
        return each.size() == 2
                ? new Found(each.get(0).textValue(), each.get(1).doubleValue(), 0, 0, width, height)
                : new Found(each.get(0).textValue(), each.get(1).doubleValue(), each.get(2).doubleValue(),
                        each.get(3).doubleValue(), each.get(4).doubleValue(), each.get(5).doubleValue());
    }

    /** Null if there is none. */
    private static Found take(Found expected, List<Found> found) {
        for (Iterator<Found> each = found.iterator(); each.hasNext();) {
            Found candidate = each.next();
            if (candidate.isSame(expected)) {
                each.remove();
                return candidate;
            }
        }
        return null;
    }
}
