/** The component {@code lvaonnx}. API: its classes that are public. */
package io.github.camellva.onnx;
