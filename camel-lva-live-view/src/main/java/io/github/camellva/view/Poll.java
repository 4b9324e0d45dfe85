package io.github.camellva.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * A request for frames that waits until there are any.
 *
 * @param seen     the number of the frame that the viewer has of each camera
 * @param sinceNanos when it came
 */
record Poll(Exchange exchange, AsyncCallback callback, Map<Camera, Long> seen, long sinceNanos) {

    /** The newest frame of each camera that has one which the viewer does not have. */
    static List<ShownFrame> news(Map<Camera, Long> seen) {
        return seen.entrySet().stream().map(camera -> camera.getKey().newsSince(camera.getValue())).filter(Objects::nonNull)
                .toList();
    }

    boolean hasNews() {
        return seen.entrySet().stream().anyMatch(camera -> camera.getKey().newsSince(camera.getValue()) != null);
    }

    /**
     * Reads {@code id-number.id-number}; unknown cameras and what is not of that form are left out.
     *
     * @param most cameras
     */
    static Map<String, Long> parse(String seen, int most) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (String part : seen.split("\\.", most + 1)) {
            int dash = part.indexOf('-');
            if (numbers.size() < most && dash > 0 && part.substring(dash + 1).matches("\\d{1,18}")) {
                numbers.put(part.substring(0, dash), Long.valueOf(part.substring(dash + 1)));
            }
        }
        return numbers;
    }
}
