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
        // overflow=skip: a model slower than the camera sees the freshest frame, the others are acknowledged unseen.
        // A frame that cannot be read fails here; it is answered without inferences, and the session goes on.
        from("lvagrpc:" + address + "?maxInFlight=4&overflow=skip").routeId(ID)
                .bean(detector, "detect");
    }
}
