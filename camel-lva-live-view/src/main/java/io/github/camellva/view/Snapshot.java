package io.github.camellva.view;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.AnsweredFrame;
import org.jspecify.annotations.Nullable;

/**
 * An answered frame that is kept: with a picture of its own, since the frame's may be memory of the sender.
 *
 * @param frame      without its picture
 * @param picture    null when it has none
 * @param timeMillis when it was answered, since 1970
 */
record Snapshot(AnsweredFrame frame, byte @Nullable [] picture, long timeMillis) {

    static Snapshot of(AnsweredFrame frame, @Nullable ByteBuffer picture) {
        byte[] copy = null;
        if (picture != null) {
            copy = new byte[picture.remaining()];
            picture.get(copy);
        }
        return new Snapshot(withoutPicture(frame), copy, System.currentTimeMillis());
    }

    int bytes() {
        return picture == null ? 0 : picture.length;
    }

    private static AnsweredFrame withoutPicture(AnsweredFrame frame) {
        return new AnsweredFrame(
                frame.direction(), frame.address(), frame.peer(), frame.graph(), frame.format(), frame.dataTransfer(),
                frame.sequenceNumber(), frame.timestamp(), frame.timescale(), null, frame.upstream(), frame.outcome(),
                frame.inferences(), frame.duration());
    }
}
