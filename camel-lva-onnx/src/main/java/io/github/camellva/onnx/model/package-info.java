/** Models, loaded and run by ONNX Runtime. Internal, may change without notice. */
package io.github.camellva.onnx.model;
