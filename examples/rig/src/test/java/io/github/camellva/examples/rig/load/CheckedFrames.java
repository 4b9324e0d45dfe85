package io.github.camellva.examples.rig.load;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Tag;

/** Frames that are all different, and answers that show which frame, and every byte of it, the extension saw. */
final class CheckedFrames {

    static final int WIDTH = 320;
    static final int HEIGHT = 240;

    /** An odd number whose bits look random: what follows from different numbers differs everywhere. */
    static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int BYTES = 3 * WIDTH * HEIGHT;
    private static final int CHUNK = 8192;

    private CheckedFrames() {
    }

    /** RGB24; begins with its number. */
    static byte[] make(long number) {
        ByteBuffer frame = ByteBuffer.allocate(BYTES).putLong(number);
        while (frame.hasRemaining()) {
            frame.putLong((number + frame.position()) * SPREAD);
        }
        return frame.array();
    }

    /** What the extension answers. */
    static Inference answer(ByteBuffer frame) {
        return Inference.newBuilder()
                .setClassification(Classification.newBuilder().setTag(Tag.newBuilder().setValue(fingerprint(frame))))
                .build();
    }

    static boolean isAnswer(List<Inference> answer, long number) {
        return answer.equals(List.of(answer(ByteBuffer.wrap(make(number)))));
    }

    static long number(ByteBuffer frame) {
        return frame.getLong(frame.position());
    }

    private static String fingerprint(ByteBuffer frame) {
        ByteBuffer bytes = frame.duplicate();
        CRC32 checksum = new CRC32();
        // not the mapped memory itself: native code that reads beyond the end of a file ends the JVM
        byte[] chunk = new byte[CHUNK];
        while (bytes.hasRemaining()) {
            int length = Math.min(chunk.length, bytes.remaining());
            bytes.get(chunk, 0, length);
            checksum.update(chunk, 0, length);
        }
        return number(frame) + ":" + frame.remaining() + ":" + checksum.getValue();
    }
}
