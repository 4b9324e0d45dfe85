package io.github.camellva.examples.onnx;

import org.apache.camel.builder.RouteBuilder;

/** Frames from nodes through the detector, and what it found back to them. */
public class DetectionRoute extends RouteBuilder {

    static final String ID = "detect";

    private final String address;
    private final ObjectDetector detector;

    /** @param address to listen on: {@code host:port} */
    public DetectionRoute(String address, ObjectDetector detector) {
        this.address = address;
        this.detector = detector;
    }

    @Override
    public void configure() {
        // A frame that fails is answered without inferences, and the session goes on. Without an error handler the consumer
        // logs why, in one line and not for every frame.
        errorHandler(noErrorHandler());
        // overflow=skip: a model slower than the camera sees the freshest frame, the others are acknowledged unseen
        from("lvagrpc:" + address + "?maxInFlight=4&overflow=skip").routeId(ID)
                .bean(detector, "detect");
    }
}
