package io.github.camellva.examples.iothub;

import io.github.camellva.examples.iothub.device.MessageTooLargeException;
import org.apache.camel.builder.RouteBuilder;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * From cameras to an IoT hub. A camera's frame is acknowledged once the hub has what was found in it. Beans: {@code detector},
 * {@code hubMessages} and {@code hub}.
 */
public class IotHubRoute extends RouteBuilder {

    static final String ID = "iot-hub";

    @Override
    public void configure() {
        // What the hub has not acknowledged is sent again until it has, with the same message id. The frame stays in the route,
        // and its camera waits. Whether and when there is a connection is the business of the client.
        onException(MqttException.class)
                .retryWhile(exchange -> !exchange.getContext().isStopping()).asyncDelayedRedelivery()
                .redeliveryDelay(100).useExponentialBackOff().backOffMultiplier(2).maximumRedeliveryDelay(2000)
                .logStackTrace(false).logExhaustedMessageHistory(false);

        // One inference alone is more than a message may hold: the frame is answered without inferences, and lvagrpc logs why.
        onException(MessageTooLargeException.class)
                .logExhausted(false);

        // maxInFlight=1: the detector compares each frame of a camera with the one before it
        from("lvagrpc:{{extension.address}}?maxInFlight=1&encodings=RAW&pixelFormats=BGR24,RGB24").routeId(ID)
                .to("bean:detector")
                .transformDataType("lvagrpc:event-grid")
                // nothing found, nothing to publish
                .filter(body().isNotNull())
                    // nearly always a single message; a document that is too large becomes several
                    .split(method("hubMessages")).stopOnException()
                        // the topic comes in a header, since it holds the properties; 2, the default of qos, is not for IoT Hub
                        .to("paho:events?client=#hub&qos={{hub.qos}}")
                    .end()
                .end();
        // the body is the document again here: the answer to the camera
    }
}
