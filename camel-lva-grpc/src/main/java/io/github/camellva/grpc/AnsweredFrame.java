package io.github.camellva.grpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.Inference;
import org.jspecify.annotations.Nullable;

/**
 * A frame and what became of it, as observers see it.
 *
 * @param direction      whether a consumer received the frame, or a producer sent it
 * @param address        of the endpoint, host and port
 * @param peer           address and port of the node that sent the frame, or of the extension that it was sent to
 * @param graph          which pipeline, and which step of it; its names may be empty
 * @param format         of the picture; absent when samples carry inferences only
 * @param dataTransfer   {@code embedded}, {@code sharedMemory} or {@code none}
 * @param sequenceNumber of the frame in its session; unsigned
 * @param timestamp      ticks, unsigned
 * @param timescale      ticks per second; 0 when the node did not say
 * @param picture        read-only, position 0, valid during the call only; null when there is none
 * @param upstream       what earlier steps found
 * @param outcome        {@code answered}, {@code skipped}, {@code notProcessed} or {@code failed}
 * @param inferences     what was found; empty unless answered. Boxes are fractions of this picture
 * @param duration       from the frame's arrival, or from its beginning in the producer, to its answer
 */
public record AnsweredFrame(
        Direction direction, String address, String peer, GraphIdentifier graph, Optional<SampleFormat> format, String dataTransfer,
        long sequenceNumber, long timestamp, int timescale, @Nullable ByteBuffer picture, List<Inference> upstream, String outcome,
        List<Inference> inferences, Duration duration) {

    /** A view of its own for each caller. */
    @Override
    public @Nullable ByteBuffer picture() {
        return picture == null ? null : picture.asReadOnlyBuffer();
    }

    /** Which way a frame went. */
    public enum Direction {
        /** By a consumer, from a node. */
        RECEIVED,
        /** By a producer, to an extension. */
        SENT
    }
}
