package io.github.camellva.examples.mqtt;

import java.util.Arrays;

/** When a frame is answered. */
public enum Delivery {

    /** When the broker has acknowledged what was found in it. */
    AT_LEAST_ONCE("at-least-once"),
    /** At once; what was found is published when the broker takes it, as long as a queue has room. */
    AT_ONCE("at-once");

    private final String label;

    Delivery(String label) {
        this.label = label;
    }

    static Delivery of(String label) {
        return Arrays.stream(values()).filter(delivery -> delivery.label.equals(label)).findFirst().orElseThrow();
    }

    static String[] labels() {
        return Arrays.stream(values()).map(delivery -> delivery.label).toArray(String[]::new);
    }

    String label() {
        return label;
    }

    /** Where its route is to be read. */
    String routes() {
        return "routes/" + label + ".camel.yaml";
    }
}
