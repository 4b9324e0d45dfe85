package io.github.camellva.examples.benchmark;

import java.nio.ByteBuffer;

import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;

/** What every server does with a frame: it touches all of its memory and finds one thing. */
final class Inspection {

    private static final int PAGE_BYTES = 4096;
    private static final float MOST = 255;
    private static final Rectangle BOX = Rectangle.newBuilder().setL(0.1f).setT(0.2f).setW(0.3f).setH(0.4f).build();

    private Inspection() {
    }

    /**
     * Reads the first and the last byte of every page.
     *
     * @param  frame position 0; null when the sample has no content
     * @return       an entity whose confidence depends on those bytes, so that the node can tell that they were read
     */
    static Inference inspect(ByteBuffer frame) {
        float confidence = (frame == null ? 0 : sum(frame) & 0xff) / MOST;
        return Inference.newBuilder()
                .setType(InferenceType.ENTITY)
                .setEntity(Entity.newBuilder()
                        .setTag(Tag.newBuilder().setValue("thing").setConfidence(confidence))
                        .setBox(BOX))
                .build();
    }

    private static int sum(ByteBuffer frame) {
        int length = frame.limit();
        int sum = 0;
        for (int page = 0; page < length; page += PAGE_BYTES) {
            sum += frame.get(page) + frame.get(Math.min(page + PAGE_BYTES, length) - 1);
        }
        return sum;
    }
}
