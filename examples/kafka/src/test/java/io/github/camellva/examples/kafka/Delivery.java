package io.github.camellva.examples.kafka;

import java.util.Map;

import org.apache.camel.main.Main;

/** When a frame is answered: each has a route of its own, to be copied. */
public enum Delivery {

    /** When Kafka has acknowledged what was found in it. */
    AT_LEAST_ONCE("at-least-once"),
    /** Before, whatever becomes of it. */
    AT_ONCE("at-once");

    /** When the broker is gone, what is in the route is given up after so long. */
    private static final int SHUTDOWN_SECONDS = 5;

    private final String label;

    Delivery(String label) {
        this.label = label;
    }

    /** As users write it. */
    @Override
    public String toString() {
        return label;
    }

    /** Where the route is to be read. */
    String routes() {
        return "routes/" + label + ".camel.yaml";
    }

    /** Has camel-main run the route on a port of this machine that is free. */
    void configure(Main main, Map<String, String> properties) {
        // in place of what application.properties says
        main.addOverrideProperty("camel.main.routesIncludePattern", "classpath:" + routes());
        main.configure().withShutdownTimeout(SHUTDOWN_SECONDS);
        main.addOverrideProperty("extension.host", "127.0.0.1");
        main.addOverrideProperty("extension.port", "0");
        properties.forEach(main::addOverrideProperty);
    }

    /** Whether every frame that was answered must be on Kafka. */
    boolean isComplete(long missing) {
        return this == AT_ONCE || missing == 0;
    }
}
