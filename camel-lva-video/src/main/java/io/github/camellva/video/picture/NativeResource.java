package io.github.camellva.video.picture;

import java.util.concurrent.atomic.AtomicInteger;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

/** Native memory with one owner, who closes it once. */
abstract class NativeResource implements AutoCloseable {

    private static final AtomicInteger OPEN = new AtomicInteger();
    private static final int LONGEST_MESSAGE = 128;

    NativeResource() {
        OPEN.incrementAndGet();
    }

    /** How many there are that nobody has closed. */
    static int countOpen() {
        return OPEN.get();
    }

    @Override
    public final void close() {
        OPEN.decrementAndGet();
        free();
    }

    /** About how much memory it keeps. */
    abstract long bytes();

    abstract void free();

    /** What FFmpeg allocated, if it could. */
    static <P extends Pointer> P allocated(P pointer) {
        if (Pointer.isNull(pointer)) {
            throw new OutOfMemoryError("FFmpeg got no native memory");
        }
        return pointer;
    }

    /** FFmpeg's words for one of its errors. */
    static String words(int error) {
        try (BytePointer message = new BytePointer(LONGEST_MESSAGE)) {
            av_strerror(error, message, message.capacity());
            return message.limit(BytePointer.strlen(message)).getString();
        }
    }
}
