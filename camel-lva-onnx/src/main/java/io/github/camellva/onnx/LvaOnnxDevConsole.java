package io.github.camellva.onnx;

import java.util.List;
import java.util.Map;

import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** The models of all producers, and what they did. */
@DevConsole(name = "lvaonnx", displayName = "LVA ONNX", description = "Models that look at video frames")
public class LvaOnnxDevConsole extends AbstractDevConsole {

    public LvaOnnxDevConsole() {
        super("camel", "lvaonnx", "LVA ONNX", "Models that look at video frames");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (LvaOnnxProducer producer : producers()) {
            text.append(String.format("%n    To: %s%n        %d frames computed, %d failed, %d waiting", producer.getEndpoint(),
                    producer.getFramesComputed(), producer.getFramesFailed(), producer.getFramesWaiting()));
            producer.complaint().ifPresent(complaint -> text.append(String.format("%n        %s", complaint)));
            for (ModelReport model : producer.modelReports()) {
                text.append(String.format(
                        "%n        %s%n            %d frames, %d objects, in the median %d µs to draw, %d µs to run, %d µs to read",
                        model.description(), model.frames(), model.objects(), model.drawMicros(), model.runMicros(),
                        model.readMicros()));
            }
        }
        return text.append(System.lineSeparator()).toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray producers = new JsonArray();
        for (LvaOnnxProducer producer : producers()) {
            JsonObject json = new JsonObject();
            json.put("uri", producer.getEndpoint().toString());
            json.put("computed", producer.getFramesComputed());
            json.put("failed", producer.getFramesFailed());
            json.put("waiting", producer.getFramesWaiting());
            json.put("refusedFiles", producer.getRefusedFiles());
            producer.complaint().ifPresent(complaint -> json.put("complaint", complaint));
            JsonArray models = new JsonArray();
            producer.modelReports().forEach(model -> models.add(json(model)));
            json.put("models", models);
            producers.add(json);
        }
        JsonObject root = new JsonObject();
        root.put("producers", producers);
        return root;
    }

    private static JsonObject json(ModelReport model) {
        JsonObject json = new JsonObject();
        json.put("name", model.name());
        json.put("description", model.description());
        json.put("frames", model.frames());
        json.put("objects", model.objects());
        json.put("drawMicros", model.drawMicros());
        json.put("runMicros", model.runMicros());
        json.put("readMicros", model.readMicros());
        return json;
    }

    private List<LvaOnnxProducer> producers() {
        return getCamelContext().hasComponent(LvaOnnxConstants.SCHEME) instanceof LvaOnnxComponent component
                ? component.producers()
                : List.of();
    }
}
