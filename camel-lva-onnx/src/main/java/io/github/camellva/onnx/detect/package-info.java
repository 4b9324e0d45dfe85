/** From a frame's bytes to a model's input, and from its output to inferences. Plain Java; internal, may change without notice. */
package io.github.camellva.onnx.detect;
