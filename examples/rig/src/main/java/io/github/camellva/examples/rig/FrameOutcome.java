package io.github.camellva.examples.rig;

import org.apache.camel.Exchange;

/** What became of a frame that was sent. */
public enum FrameOutcome {

    /** The extension looked at it, whatever it found. */
    ANSWERED,
    /** The extension acknowledged it, and did not look at it: it skipped the frame, or its route failed. */
    NOT_PROCESSED,
    /** No answer came. */
    FAILED;

    // set by the producer on every answer; while it is not, an acknowledgement alone counts as an answer
    private static final String OUTCOME = "CamelLvaGrpcOutcome";

    /** The only place that reads it from what {@code to("lvagrpc:...")} made of an exchange. */
    public static FrameOutcome of(Exchange answer) {
        if (answer.getException() != null) {
            return FAILED;
        }
        return "notProcessed".equals(answer.getMessage().getHeader(OUTCOME)) ? NOT_PROCESSED : ANSWERED;
    }
}
