package io.github.camellva.examples.quickstart;

import java.nio.file.Path;

import io.github.camellva.examples.rig.MotionDetector;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;

/** From the node through the detector and back to the node; beside it to the broker, and from there to a subscriber. */
public class QuickstartRoutes extends RouteBuilder {

    static final String EXTENSION = "extension";

    private final String brokerUrl;
    private final Path sharedMemoryDirectory;
    private final Processor subscriber;

    public QuickstartRoutes(String brokerUrl, Path sharedMemoryDirectory, Processor subscriber) {
        this.brokerUrl = brokerUrl;
        this.sharedMemoryDirectory = sharedMemoryDirectory;
        this.subscriber = subscriber;
    }

    @Override
    public void configure() {
        // maxInFlight=1: the detector compares each frame with the one before it, so those of a session go one after the other.
        // A body that the route leaves behind is the answer; handing it on to seda does not change it and waits for nobody.
        from("lvagrpc:127.0.0.1:0?maxInFlight=1&encodings=RAW&pixelFormats=BGR24,RGB24"
             + "&sharedMemoryDirectory=RAW(" + sharedMemoryDirectory + ")").routeId(EXTENSION)
                .bean(new MotionDetector())
                .to(ExchangePattern.InOnly, "seda:results?size=16&blockWhenFull=true");

        // One thread takes from the queue, so documents keep the order of their frames. Frames without inferences have none.
        from("seda:results?size=16").routeId("publisher")
                .transformDataType("lvagrpc:application-json")
                .filter(body().isNotNull())
                .setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC,
                        simple("lva/${header.CamelLvaGrpcGraphInstanceName}/inferences"))
                .to("paho-mqtt5:lva?qos=1&brokerUrl=" + brokerUrl);

        from("paho-mqtt5:lva/+/inferences?qos=1&brokerUrl=" + brokerUrl).routeId("subscriber")
                .process(subscriber);
    }
}
