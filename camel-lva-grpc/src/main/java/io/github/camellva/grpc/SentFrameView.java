package io.github.camellva.grpc;

import io.github.camellva.grpc.stream.DataTransfer;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.proto.MediaStreamMessage;
import org.jspecify.annotations.Nullable;

/**
 * Shows observers what a producer sent and what came back.
 *
 * @param address  host and port of the extension
 * @param transfer of frames
 */
record SentFrameView(FrameObservers observers, String address, DataTransfer transfer, RateLimitedLog log) {

    /** Before the exchange goes on, since it may be what keeps the picture valid. */
    void show(OutgoingFrame frame, SampleOutcome outcome, @Nullable MediaStreamMessage reply, long begunNanos) {
        String graph = frame.descriptor().getGraphIdentifier().getGraphInstanceName();
        if (observers.areInterestedIn(graph, log)) {
            observers.tell(graph, () -> frame.answered(address, transfer, outcome, reply, begunNanos), log);
        }
    }
}
