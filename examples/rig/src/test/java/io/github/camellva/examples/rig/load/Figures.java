package io.github.camellva.examples.rig.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Numbers and their names, which a process prints in one line and another reads. */
public record Figures(Map<String, Long> values) {

    static final Figures NONE = new Figures(Map.of());

    private static final String PREFIX = "figures ";

    /** 0 when there is none of this name. */
    public long get(String name) {
        return values.getOrDefault(name, 0L);
    }

    String line() {
        return PREFIX + this;
    }

    @Override
    public String toString() {
        return values.entrySet().stream().map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
    }

    static Optional<Figures> parse(String line) {
        if (!line.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Map<String, Long> values = new LinkedHashMap<>();
        for (String value : line.substring(PREFIX.length()).split(" ")) {
            String[] parts = value.split("=");
            values.put(parts[0], Long.valueOf(parts[1]));
        }
        return Optional.of(new Figures(values));
    }
}
