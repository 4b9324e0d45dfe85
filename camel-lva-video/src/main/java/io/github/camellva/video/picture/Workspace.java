package io.github.camellva.video.picture;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What conversions on one thread need, kept for the next pictures of the same sizes and formats. */
final class Workspace implements AutoCloseable {

    /** A conversion needs up to five; cameras of three kinds find theirs again. */
    static final int MOST_RESOURCES = 16;
    private static final long MOST_BYTES = 64 << 20;

    private final Map<Object, NativeResource> resources = new LinkedHashMap<>(2 * MOST_RESOURCES, 0.75f, true);

    Scaler scaler(Scaler.Job job) {
        return resource(job, Scaler::new);
    }

    /** Pixels for one purpose: none that another purpose has at the same time. */
    Pixels pixels(Purpose purpose, Surface surface) {
        return resource(new Use(purpose, surface), use -> new Pixels(use.surface));
    }

    JpgEncoder encoder(JpgEncoder.Settings settings) {
        return resource(settings, JpgEncoder::new);
    }

    JpgDecoder decoder(JpgDecoder.Settings settings) {
        return resource(settings, JpgDecoder::new);
    }

    /** Lets go what is too much to be kept until the next conversion: what was not used for longest, first. */
    void trim() {
        long bytes = resources.values().stream().mapToLong(NativeResource::bytes).sum();
        Iterator<NativeResource> longestUnused = resources.values().iterator();
        while (resources.size() > MOST_RESOURCES || bytes > MOST_BYTES) {
            NativeResource dropped = longestUnused.next();
            bytes -= dropped.bytes();
            longestUnused.remove();
            dropped.close();
        }
    }

    @Override
    public void close() {
        resources.values().forEach(NativeResource::close);
        resources.clear();
    }

    /** What pixels are for. */
    enum Purpose { SOURCE, SCALED, CANVAS }

    private record Use(Purpose purpose, Surface surface) {
    }

    @SuppressWarnings("unchecked")
    private <K, R extends NativeResource> R resource(K key, Function<K, R> maker) {
        NativeResource kept = resources.get(key);
        if (kept != null) {
            return (R) kept;
        }
        R made = maker.apply(key);
        resources.put(key, made);
        return made;
    }
}
