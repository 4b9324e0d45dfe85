package io.github.camellva.onnx;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.camellva.onnx.detect.Findings;
import io.github.camellva.onnx.detect.Layout;
import io.github.camellva.onnx.detect.PixelValues;
import io.github.camellva.onnx.detect.Wanted;
import io.github.camellva.onnx.model.InputSize;
import io.github.camellva.onnx.model.ModelSettings;
import io.github.camellva.onnx.model.ModelSettings.ChannelOrder;
import io.github.camellva.onnx.model.Provider;

/**
 * The options of an endpoint, read once. Each refusal names the option, its value, and what is accepted.
 *
 * @param model      a file, a directory of several, or a resource
 * @param settings   of all of them
 * @param wanted     of what they find
 * @param findings   how that becomes inferences
 * @param parallel   frames that are computed at once
 * @param maxWaiting frames that wait for it
 */
record DetectionOptions(
        String model, ModelSettings settings, Wanted wanted, Findings findings, int parallel, int maxWaiting, boolean reload,
        boolean useExtensionConfiguration) {

    private static final String AUTO = "auto";
    private static final int MOST_THREADS = 256;
    private static final int MOST_PARALLEL = 64;
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_DETECTIONS = 3000;

    static DetectionOptions of(LvaOnnxConfiguration configuration) {
        return new DetectionOptions(
                configuration.getModel(), settings(configuration), wanted(configuration),
                new Findings(configuration.getSubtype(), attributes(configuration.getAttributes())),
                range("parallel", configuration.getParallel(), 1, MOST_PARALLEL),
                range("maxWaiting", configuration.getMaxWaiting(), 1, MOST_WAITING), configuration.isReload(),
                configuration.isUseExtensionConfiguration());
    }

    private static ModelSettings settings(LvaOnnxConfiguration configuration) {
        return new ModelSettings(
                configuration.getLabels(),
                orAuto("layout", configuration.getLayout(), List.of(Layout.values()), Layout::option),
                orAuto("pixelValues", configuration.getPixelValues(), List.of(PixelValues.values()), PixelValues::option),
                orAuto("channelOrder", configuration.getChannelOrder(), List.of(ChannelOrder.values()), ChannelOrder::name),
                configuration.getInputSize() == null ? null : InputSize.of(configuration.getInputSize()),
                range("threads", configuration.getThreads(), 0, MOST_THREADS),
                one("executionProvider", configuration.getExecutionProvider(), List.of(Provider.values()), Provider::name),
                configuration.getDevice());
    }

    private static Wanted wanted(LvaOnnxConfiguration configuration) {
        return new Wanted(
                share("confidence", configuration.getConfidence()), share("iou", configuration.getIou()),
                range("maxDetections", configuration.getMaxDetections(), 1, MOST_DETECTIONS),
                configuration.getClasses() == null ? Set.of() : Set.copyOf(list("classes", configuration.getClasses())));
    }

    private static Map<String, String> attributes(String attributes) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String attribute : attributes == null ? List.<String>of() : list("attributes", attributes)) {
            int equals = attribute.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("attributes has '" + attribute
                                                   + "'; name=value is accepted, several are separated by commas");
            }
            values.put(attribute.substring(0, equals).strip(), attribute.substring(equals + 1).strip());
        }
        return values;
    }

    private static List<String> list(String option, String text) {
        List<String> values = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (values.contains("")) {
            throw new IllegalArgumentException(option + " is '" + text + "', which has an empty place between its commas");
        }
        return values;
    }

    /** Null for what the model tells. */
    private static <T> T orAuto(String option, String name, Collection<T> values, Function<T, String> nameOf) {
        return AUTO.equalsIgnoreCase(name) ? null : one(option, name, values, nameOf, AUTO + ", ");
    }

    private static <T> T one(String option, String name, Collection<T> values, Function<T, String> nameOf) {
        return one(option, name, values, nameOf, "");
    }

    private static <T> T one(String option, String name, Collection<T> values, Function<T, String> nameOf, String others) {
        return values.stream().filter(value -> nameOf.apply(value).equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " '" + name + "' is unknown; accepted are " + others
                                                                + values.stream().map(nameOf).collect(Collectors.joining(", "))));
    }

    private static int range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be from " + least + " to " + most);
        }
        return value;
    }

    private static float share(String option, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(option + " is " + value + "; it must be above 0, and 1 at most");
        }
        return (float) value;
    }
}
