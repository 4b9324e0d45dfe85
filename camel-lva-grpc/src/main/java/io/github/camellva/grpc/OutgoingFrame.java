package io.github.camellva.grpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.camellva.grpc.media.PreparedFrame;
import io.github.camellva.grpc.stream.DataTransfer;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;

/**
 * A message on its way to the extension.
 *
 * @param descriptor of its session
 * @param timestamp  ticks
 * @param picture    as sent; empty for a sample of inferences only
 * @param found      what earlier steps found in the original picture
 */
record OutgoingFrame(
        MediaStreamDescriptor descriptor, long timestamp, Optional<PreparedFrame> picture, List<Inference> found) {

    /** Null for a sample of inferences only. */
    ByteBuffer content() {
        return picture.map(PreparedFrame::bytes).orElse(null);
    }

    /** What earlier steps found, with boxes in the picture as sent. */
    List<Inference> upstream() {
        return picture.map(frame -> frame.scaling().toCanvas(found)).orElse(found);
    }

    /** What the extension found, with boxes in the original picture. */
    List<Inference> toOriginal(List<Inference> inferences) {
        return picture.map(frame -> frame.scaling().toPicture(inferences)).orElse(inferences);
    }

    /** @param reply null when none came */
    AnsweredFrame answered(
            String address, DataTransfer transfer, SampleOutcome outcome, MediaStreamMessage reply, long begunNanos) {
        return new AnsweredFrame(
                AnsweredFrame.Direction.SENT, address, address, descriptor.getGraphIdentifier(), picture.map(PreparedFrame::format),
                (picture.isEmpty() ? DataTransfer.NONE : transfer).label(), reply == null ? 0 : reply.getAckSequenceNumber(), timestamp,
                descriptor.getMediaDescriptor().getTimescale(), content(), upstream(), outcome.label(),
                reply == null ? List.of() : reply.getMediaSample().getInferencesList(),
                Duration.ofNanos(System.nanoTime() - begunNanos));
    }
}
