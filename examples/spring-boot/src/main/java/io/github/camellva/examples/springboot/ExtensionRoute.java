package io.github.camellva.examples.springboot;

import io.github.camellva.examples.rig.MotionDetector;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** From the node through the detector and back to the node. */
@Component
public class ExtensionRoute extends RouteBuilder {

    static final String ID = "extension";

    private final MotionDetector detector;

    public ExtensionRoute(MotionDetector detector) {
        this.detector = detector;
    }

    @Override
    public void configure() {
        // a frame that fails is acknowledged alone, and the component logs why: at most 20 lines in 10 seconds
        errorHandler(noErrorHandler());
        // maxInFlight=1: the detector compares each frame with the one before it, so those of a session go one after the other
        from("lvagrpc:{{extension.host}}:{{extension.port}}?maxInFlight=1&encodings=RAW&pixelFormats=BGR24,RGB24").routeId(ID)
                // what it returns is the answer
                .bean(detector);
    }
}
