package io.github.camellva.examples.mqtt;

/** Where results are published, as the route has it. */
final class Topics {

    /** Of all cameras. */
    static final String ALL = "lva/+/inferences";

    private Topics() {
    }

    static String of(String camera) {
        return "lva/" + camera + "/inferences";
    }
}
