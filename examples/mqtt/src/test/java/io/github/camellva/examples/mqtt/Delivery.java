package io.github.camellva.examples.mqtt;

/** When a frame is answered. */
enum Delivery {

    /** When the broker has acknowledged what was found in it. */
    AT_LEAST_ONCE("at-least-once"),
    /** At once; what was found is published when the broker takes it, as long as a queue has room. */
    AT_ONCE("at-once");

    private final String label;

    Delivery(String label) {
        this.label = label;
    }

    /** As users write it. */
    @Override
    public String toString() {
        return label;
    }

    /** Where its route is to be read. */
    String routes() {
        return "routes/" + label + ".camel.yaml";
    }
}
