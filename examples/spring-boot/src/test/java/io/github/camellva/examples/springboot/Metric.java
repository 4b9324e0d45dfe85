package io.github.camellva.examples.springboot;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus reads: {@code name{label="value",label="value"} 1.0}.
 *
 * @param line as it was read
 */
record Metric(String line, String name, Map<String, String> labels, double value) {

    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Metric parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line of Prometheus: " + line);
        }
        Map<String, String> labels = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2)).results()
                .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
        return new Metric(line, matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    /** How many frames of a camera ended in some way. */
    boolean isFrames() {
        return name.equals("camel_lvagrpc_frames_total");
    }

    boolean hasLabel(String label, String labelValue) {
        return labelValue.equals(labels.get(label));
    }
}
