/**
 * From a frame's bytes to a model's input, and from its output to inferences: plain Java, without ONNX Runtime. API, also for routes
 * whose models run elsewhere.
 */
package io.github.camellva.onnx.detect;
