package io.github.camellva.video;

import java.util.List;
import java.util.Map;

import io.github.camellva.video.source.PlayerStatus;
import org.apache.camel.Route;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** The sources of all routes. */
@DevConsole(name = "lvavideo", displayName = "LVA Video", description = "Cameras and files that frames come from")
public class LvaVideoDevConsole extends AbstractDevConsole {

    public LvaVideoDevConsole() {
        super("camel", "lvavideo", "LVA Video", "Cameras and files that frames come from");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (LvaVideoConsumer consumer : consumers()) {
            PlayerStatus status = consumer.status();
            text.append(String.format("%n    Route Id: %s", consumer.getRouteId()));
            text.append(String.format("%n    From: %s, %s since %s%s", consumer.getSource(), status.state(), status.since(),
                    status.description().isEmpty() ? "" : ": " + status.description()));
            text.append(String.format("%n        %d decoded, %d completed, %d failed, %d skipped, %d in flight, %d errors, lost %d times",
                    consumer.getFramesDecoded(), consumer.getFramesCompleted(), consumer.getFramesFailed(), consumer.getFramesSkipped(),
                    consumer.getFramesInFlight(), consumer.getDecodingErrors(), consumer.getLosses()));
            if (status.error() != null) {
                text.append(String.format("%n        last error: %s", status.error()));
            }
        }
        return text.append(System.lineSeparator()).toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray sources = new JsonArray();
        for (LvaVideoConsumer consumer : consumers()) {
            PlayerStatus status = consumer.status();
            JsonObject json = new JsonObject();
            json.put("routeId", consumer.getRouteId());
            json.put("source", consumer.getSource());
            json.put("state", status.state().toString());
            json.put("since", status.since().toString());
            json.put("stream", status.description());
            json.put("decoded", consumer.getFramesDecoded());
            json.put("completed", consumer.getFramesCompleted());
            json.put("failed", consumer.getFramesFailed());
            json.put("skipped", consumer.getFramesSkipped());
            json.put("inFlight", consumer.getFramesInFlight());
            json.put("decodingErrors", consumer.getDecodingErrors());
            json.put("losses", consumer.getLosses());
            if (status.error() != null) {
                json.put("lastError", status.error());
            }
            sources.add(json);
        }
        JsonObject root = new JsonObject();
        root.put("sources", sources);
        return root;
    }

    private List<LvaVideoConsumer> consumers() {
        return getCamelContext().getRoutes().stream().map(Route::getConsumer).filter(LvaVideoConsumer.class::isInstance)
                .map(LvaVideoConsumer.class::cast).toList();
    }
}
