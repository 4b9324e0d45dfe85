package io.github.camellva.examples.rig.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.SourceFrame;

/** A camera whose frames no other camera has. */
final class NumberedSource implements Source {

    /** Of the number of a camera among those of its process. */
    private static final int CAMERA_BITS = 16;
    /** Of the number of a frame among those of its camera. */
    private static final int FRAME_BITS = 24;

    private final String name;
    private final long firstNumber;
    private final Duration interval;
    private Instant due = Instant.now();
    private long frames;

    /** @param camera its number in this process, from 1 */
    NumberedSource(long camera, int framesPerSecond) {
        long unique = (ProcessHandle.current().pid() << CAMERA_BITS) + camera;
        this.name = "camera-" + unique;
        this.firstNumber = unique << FRAME_BITS;
        this.interval = Duration.ofSeconds(1).dividedBy(framesPerSecond);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "frames with numbers";
    }

    @Override
    public Kind kind() {
        return Kind.LIVE;
    }

    @Override
    public Optional<SourceFrame> next() {
        due = due.plus(interval);
        return Optional.of(new SourceFrame(due, CheckedFrames.make(firstNumber + ++frames)));
    }

    long number(CameraFrame frame) {
        return firstNumber + frame.number();
    }
}
