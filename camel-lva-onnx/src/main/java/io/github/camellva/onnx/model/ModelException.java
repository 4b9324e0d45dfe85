package io.github.camellva.onnx.model;

/** A model cannot be used. The message names it, says what is wrong with it, and what is accepted. */
public class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
