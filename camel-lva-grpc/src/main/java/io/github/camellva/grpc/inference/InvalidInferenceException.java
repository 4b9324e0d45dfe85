package io.github.camellva.grpc.inference;

/** An inference document cannot be read or written. The message begins with the JSON path of the problem. */
public class InvalidInferenceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidInferenceException(String path, String problem) {
        super(path + ": " + problem);
    }

    public InvalidInferenceException(String path, String problem, Throwable cause) {
        super(path + ": " + problem, cause);
    }
}
