package io.github.camellva.examples.kafka;

/** When a frame is answered: each has a route of its own, to be copied. */
public enum Delivery {

    /** When Kafka has acknowledged what was found in it. */
    AT_LEAST_ONCE("at-least-once"),
    /** Before, whatever becomes of it. */
    AT_ONCE("at-once");

    private final String label;

    Delivery(String label) {
        this.label = label;
    }

    /** As users write it. */
    String label() {
        return label;
    }

    /** Where the route is to be read. */
    String routes() {
        return "routes/" + label + ".camel.yaml";
    }

    /** Whether every frame that was answered must be on Kafka. */
    boolean isComplete(long missing) {
        return this == AT_ONCE || missing == 0;
    }
}
