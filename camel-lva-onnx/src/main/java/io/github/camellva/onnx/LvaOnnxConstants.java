package io.github.camellva.onnx;

import org.apache.camel.spi.Metadata;

/** Names of headers. */
public final class LvaOnnxConstants {

    public static final String SCHEME = "lvaonnx";

    @Metadata(label = "producer", javaType = "String",
              description = "The name of the model that looks at the frame, where the endpoint has several: that of its file without .onnx.")
    public static final String MODEL = "CamelLvaOnnxModel";

    private LvaOnnxConstants() {
    }
}
