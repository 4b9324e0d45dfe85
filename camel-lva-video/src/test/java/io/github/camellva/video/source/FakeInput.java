package io.github.camellva.video.source;

import java.util.OptionalLong;

/** Frames every 40 ms of stream time, which pass on the machine as well when it is live. */
final class FakeInput implements VideoInput {

    static final long FRAME_MICROS = 40_000;

    private final boolean live;
    private final int frames;
    private final FakeTime time;
    private long presentation;
    private OptionalLong taken = OptionalLong.empty();
    private int read;
    private boolean closed;

    FakeInput(boolean live, int frames, FakeTime time) {
        this.live = live;
        this.frames = frames;
        this.time = time;
    }

    FakeInput at(long micros) {
        presentation = micros;
        return this;
    }

    FakeInput takenAt(long micros) {
        taken = OptionalLong.of(micros);
        return this;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public boolean next() throws SourceException {
        if (read == frames) {
            if (live) {
                throw new SourceException(SourceException.Reason.LOST, "the camera has ended its stream");
            }
            return false;
        }
        read++;
        presentation += FRAME_MICROS;
        if (live) {
            time.pass(java.time.Duration.ofNanos(FRAME_MICROS * 1_000));
        }
        return true;
    }

    @Override
    public OptionalLong presentationMicros() {
        return OptionalLong.of(presentation);
    }

    @Override
    public long frameMicros() {
        return FRAME_MICROS;
    }

    @Override
    public OptionalLong takenMicros() {
        return taken;
    }

    @Override
    public Picture picture() {
        return Picture.of(new byte[12], PictureFormat.BGR24, 2, 2);
    }

    @Override
    public long decodingErrors() {
        return 0;
    }

    @Override
    public String description() {
        return "fake";
    }

    @Override
    public void close() {
        closed = true;
    }
}
