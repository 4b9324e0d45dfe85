package io.github.camellva.onnx.detect;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.camellva.grpc.text.Printable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the classes of a model are called.
 *
 * @param names  by the number of the class
 * @param origin for people: where they are from
 */
public record Labels(List<String> names, String origin) {

    public Labels {
        names = List.copyOf(names);
    }

    /** Of the option: a list has a comma, all else is a file. */
    public static Labels ofOption(String option) throws IOException {
        return option.contains(",") ? ofList(option) : ofFile(Path.of(option));
    }

    /** Separated by commas; one at the end makes a list of one. */
    static Labels ofList(String list) {
        return new Labels(Arrays.stream(list.replaceFirst(",\\s*$", "").split(",")).map(String::strip).toList(),
                "the option labels");
    }

    /** One in each line; empty lines at the end do not count. */
    public static Labels ofFile(Path file) throws IOException {
        try {
            return new Labels(Files.readString(file).stripTrailing().lines().map(String::strip).toList(), file.toString());
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("its labels in " + file + " are not UTF-8 text", e);
        }
    }

    /**
     * As Ultralytics' exports have them in their metadata: {@code {0: 'person', 1: 'car'}}, or a list.
     *
     * @throws IllegalArgumentException if they are not numbered from 0 on without a gap
     */
    public static Labels ofMetadata(String names) {
        try {
            // Python's notation is YAML, as far as it is used here
            Object value = new Load(LoadSettings.builder().build()).loadFromString(names);
            return new Labels(list(value).stream().map(String::valueOf).toList(), "the model's metadata");
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new IllegalArgumentException("its metadata names is " + Printable.of(names)
                                               + "; {0: 'one', 1: 'other'} or ['one', 'other'] is accepted", e);
        }
    }

    /** @throws IllegalArgumentException if there are not as many as the model has classes */
    public void requireCount(int classes) {
        if (names.size() != classes) {
            throw new IllegalArgumentException(
                    "the model has " + classes + " classes, and there are " + names.size() + " labels in " + origin);
        }
    }

    String name(int label) {
        if (label < 0 || label >= names.size()) {
            throw new IllegalStateException(
                    "the model found class " + label + ", and there are " + names.size() + " labels in " + origin
                                            + ", counted from 0");
        }
        return names.get(label);
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("neither list nor map");
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            if (!map.containsKey(i)) {
                throw new IllegalArgumentException("no " + i);
            }
            list.add(map.get(i));
        }
        return list;
    }
}
