package io.github.camellva.examples.rig;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.github.camellva.grpc.LvaGrpcConstants;

/** A camera that looks at the built-in scene. */
public final class SceneSource implements Source {

    private final String name;
    private final long firstIndex;
    private final long frames;
    private final Scene scene = new Scene();
    private Instant start;
    private long taken;

    /** @param firstIndex of the scene, so that cameras see different moments of it */
    public SceneSource(String name, long firstIndex, long frames) {
        this.name = name;
        this.firstIndex = firstIndex;
        this.frames = frames;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "built-in scene, " + frames + " frames of " + Scene.WIDTH + "x" + Scene.HEIGHT + ", " + Scene.FRAMES_PER_SECOND
               + " per second: three chequered objects move to and fro";
    }

    @Override
    public Kind kind() {
        return Kind.LIVE;
    }

    @Override
    public long frameBytes() {
        return (long) Scene.STRIDE_BYTES * Scene.HEIGHT;
    }

    @Override
    public Map<String, Object> headers() {
        return Map.of(
                LvaGrpcConstants.GRAPH_NODE_NAME, "extension",
                LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.PIXEL_FORMAT, "BGR24",
                LvaGrpcConstants.WIDTH, Scene.WIDTH, LvaGrpcConstants.HEIGHT, Scene.HEIGHT);
    }

    @Override
    public Optional<SourceFrame> next() {
        if (taken == frames) {
            return Optional.empty();
        }
        start = start == null ? Instant.now() : start;
        Instant due = start.plus(Duration.ofSeconds(1).multipliedBy(taken).dividedBy(Scene.FRAMES_PER_SECOND));
        return Optional.of(new SourceFrame(due, ByteBuffer.wrap(scene.render(firstIndex + taken++))));
    }
}
