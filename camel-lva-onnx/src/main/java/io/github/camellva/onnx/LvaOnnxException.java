package io.github.camellva.onnx;

import org.apache.camel.CamelException;

/** A frame was not looked at. The message says by which model, and why. */
public class LvaOnnxException extends CamelException {

    private static final long serialVersionUID = 1L;

    public LvaOnnxException(String message, Throwable cause) {
        super(message, cause);
    }
}
