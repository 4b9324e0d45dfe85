package io.github.camellva.examples.springboot;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A line of what Prometheus reads: {@code name{label="value",…} 1.0}. */
record Metric(String name, Map<String, String> labels, double value) {

    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Metric parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line of Prometheus: " + line);
        }
        Map<String, String> labels = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2)).results()
                .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
        return new Metric(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    /** Zeros and the histogram of latencies are not. */
    boolean isWorthALine() {
        return value != 0 && !name.endsWith("_bucket");
    }

    @Override
    public String toString() {
        return name + " " + labels.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + "=" + label.getValue()).collect(Collectors.joining(" ", "", " ")) + value;
    }

    /** Frames of any camera that ended so. */
    boolean isFrames(String outcome) {
        return name.equals("camel_lvagrpc_frames_total") && outcome.equals(labels.get("outcome"));
    }
}
