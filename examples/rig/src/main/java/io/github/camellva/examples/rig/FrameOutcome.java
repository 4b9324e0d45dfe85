package io.github.camellva.examples.rig;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;

/** What became of a frame that was sent. */
public enum FrameOutcome {

    /** The extension looked at it, whatever it found. */
    ANSWERED,
    /** The extension acknowledged it, and did not look at it: it skipped the frame, or its route failed. */
    NOT_PROCESSED,
    /** No answer came. */
    FAILED;

    /** The only place that reads it from what {@code to("lvagrpc:...")} made of an exchange. */
    public static FrameOutcome of(Exchange answer) {
        if (answer.getException() != null) {
            return FAILED;
        }
        return "notProcessed".equals(answer.getMessage().getHeader(LvaGrpcConstants.OUTCOME)) ? NOT_PROCESSED : ANSWERED;
    }
}
