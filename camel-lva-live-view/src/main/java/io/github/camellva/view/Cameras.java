package io.github.camellva.view;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.AnsweredFrame.Direction;
import io.github.camellva.grpc.OpenSession;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;

/**
 * The cameras of a context. They are looked for when somebody asks, at most once a second, so that nothing is done for a frame
 * that nobody watches.
 */
final class Cameras {

    private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();
    /** After which a camera without a session is forgotten. */
    private static final long FORGET_NANOS = Duration.ofMinutes(10).toNanos();

    private final CamelContext context;
    private final LvaViewEndpoint endpoint;
    private final ByteLimit limit;
    private final Map<CameraKey, Camera> cameras = new ConcurrentHashMap<>();
    private final Map<String, Camera> camerasById = new ConcurrentHashMap<>();
    @GuardedBy("this")
    private long refreshedNanos = System.nanoTime() - REFRESH_NANOS;
    private volatile int left;

    Cameras(LvaViewEndpoint endpoint, ByteLimit limit) {
        this.context = endpoint.getCamelContext();
        this.endpoint = endpoint;
        this.limit = limit;
    }

    @Nullable Camera find(CameraKey key) {
        return cameras.get(key);
    }

    @Nullable Camera find(String id) {
        return camerasById.get(id);
    }

    Collection<Camera> all() {
        return cameras.values();
    }

    /** By name. */
    List<Camera> sorted() {
        return cameras.values().stream().sorted(Comparator
                .comparing((Camera camera) -> camera.key().name()).thenComparing(camera -> camera.key().node())
                .thenComparing(Camera::id)).toList();
    }

    /** How many there are beyond the limit. */
    int left() {
        return left;
    }

    /** Finds out which cameras there are, unless that was done a moment ago. */
    synchronized void refresh() {
        long now = System.nanoTime();
        if (now - refreshedNanos < REFRESH_NANOS) {
            return;
        }
        refreshedNanos = now;
        Map<CameraKey, List<OpenSession>> sessions = sessions();
        cameras.values().removeIf(camera -> !sessions.containsKey(camera.key()) && isForgotten(camera, now));
        int unseen = 0;
        for (CameraKey key : sessions.keySet()) {
            if (!cameras.containsKey(key)) {
                if (cameras.size() >= endpoint.getMaxCameras() && !dropOneWithoutSession(sessions)) {
                    unseen++;
                    continue;
                }
                Camera camera = new Camera(key, limit, endpoint.getMaximumFramesPerSecond());
                cameras.put(key, camera);
                camerasById.put(camera.id(), camera);
            }
        }
        camerasById.values().removeIf(camera -> !cameras.containsKey(camera.key()));
        cameras.values().forEach(camera -> camera.update(
                camera.status().next(sessions.getOrDefault(camera.key(), List.of()), now)));
        left = unseen;
    }

    private static boolean isForgotten(Camera camera, long now) {
        boolean forgotten = now - camera.status().changedNanos() > FORGET_NANOS;
        if (forgotten) {
            camera.show(null);
        }
        return forgotten;
    }

    private boolean dropOneWithoutSession(Map<CameraKey, List<OpenSession>> sessions) {
        for (Camera camera : cameras.values()) {
            if (!sessions.containsKey(camera.key())) {
                cameras.remove(camera.key());
                camera.show(null);
                return true;
            }
        }
        return false;
    }

    private Map<CameraKey, List<OpenSession>> sessions() {
        return OpenSession.of(context).stream().filter(this::isShown).collect(Collectors.groupingBy(CameraKey::of));
    }

    private boolean isShown(OpenSession session) {
        return isShown(session.direction()) && isShown(session.graphInstance());
    }

    private boolean isShown(Direction direction) {
        return endpoint.getShow().equals("all") || endpoint.getShow().equals(direction.name().toLowerCase(Locale.ROOT));
    }

    private boolean isShown(String graph) {
        return endpoint.getGraphInstanceNames() == null
               || PatternHelper.matchPatterns(graph, endpoint.getGraphInstanceNames().split("\\s*,\\s*"));
    }
}
