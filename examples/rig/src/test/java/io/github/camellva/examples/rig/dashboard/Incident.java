package io.github.camellva.examples.rig.dashboard;

import java.util.List;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;

/** A model that is slow for one camera, and off for another for a while. */
final class Incident {

    static final String CROWDED = "crowded";
    static final String FAILING = "garage";

    private static final long MILLIS = 20;
    private static final long SLOW_MILLIS = 150;

    private volatile boolean off;

    void begin() {
        off = true;
    }

    void end() {
        off = false;
    }

    long millis(Exchange frame) {
        return isOf(CROWDED, frame) ? SLOW_MILLIS : MILLIS;
    }

    void detect(Exchange frame) {
        if (off && isOf(FAILING, frame)) {
            throw new IllegalStateException("the model is off");
        }
        frame.getMessage().setBody(List.of());
    }

    private static boolean isOf(String camera, Exchange frame) {
        return camera.equals(frame.getMessage().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME));
    }
}
