package io.github.camellva.onnx.model;

import io.github.camellva.onnx.detect.Layout;
import io.github.camellva.onnx.detect.PixelValues;
import org.jspecify.annotations.Nullable;

/**
 * How a model is loaded. What is null is told by the model.
 *
 * @param labels      a file with one in each line, or a list with commas
 * @param layout      of the output
 * @param pixelValues of the input
 * @param inputSize   for models that take any
 * @param threads     that compute one frame together; 0 for as many as there are processors
 * @param provider    what computes it
 * @param device      of the provider
 */
public record ModelSettings(
        @Nullable String labels, @Nullable Layout layout, @Nullable PixelValues pixelValues, @Nullable ChannelOrder channelOrder,
        @Nullable InputSize inputSize, int threads, Provider provider, @Nullable String device) {

    /** All is told by the model, and the CPU computes it. */
    public static final ModelSettings DEFAULT = new ModelSettings(null, null, null, null, null, 0, Provider.CPU, null);

    /** Which component comes first in a model's input. */
    public enum ChannelOrder {
        RGB, BGR
    }
}
