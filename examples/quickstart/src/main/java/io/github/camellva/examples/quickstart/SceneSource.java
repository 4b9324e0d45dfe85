package io.github.camellva.examples.quickstart;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

import io.github.camellva.examples.rig.Scene;

/** Frames of the built-in scene. */
final class SceneSource implements FrameSource {

    static final long DEFAULT_FRAMES = 250;

    private final Scene scene = new Scene();
    private final long frames;
    private long taken;

    SceneSource(long frames) {
        this.frames = frames;
    }

    @Override
    public String name() {
        return "quickstart";
    }

    @Override
    public String description() {
        return "built-in scene, " + frames + " frames of " + Scene.WIDTH + "x" + Scene.HEIGHT + ", " + Scene.FRAMES_PER_SECOND
               + " per second: three chequered objects move to and fro";
    }

    @Override
    public int width() {
        return Scene.WIDTH;
    }

    @Override
    public int height() {
        return Scene.HEIGHT;
    }

    @Override
    public int strideBytes() {
        return Scene.STRIDE_BYTES;
    }

    @Override
    public Optional<SourceFrame> next() {
        if (taken == frames) {
            return Optional.empty();
        }
        long index = taken++;
        return Optional.of(new SourceFrame(
                index + 1, Duration.ofNanos(index * 1_000_000_000L / Scene.FRAMES_PER_SECOND),
                ByteBuffer.wrap(scene.render(index)), scene.objectsAt(index)));
    }
}
