package io.github.camellva.grpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.stream.Descriptions;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * One session per descriptor: opened when first needed, opened again after it has ended, and closed when idle. Safe for use by
 * many threads. Who needs a session that is being opened waits for that; nobody else does.
 */
public final class SessionPool {

    private final SessionOpener opener;
    private final PoolSettings settings;
    private final Time time;
    private final RandomGenerator random;
    private final RateLimitedLog log;
    private final FrameMemories memories;
    @GuardedBy("this")
    private final Map<MediaStreamDescriptor, Place> places = new LinkedHashMap<>();
    /** Sessions that take no more samples but have not ended; they still hold their memory. */
    @GuardedBy("this")
    private final Set<NodeSession> finishing = new LinkedHashSet<>();
    @GuardedBy("this")
    private boolean closed;

    /**
     * @param random for the jitter of waits; used only under this pool's lock
     * @param files  runs what removes files, which is not for gRPC's threads
     */
    public SessionPool(
                       SessionOpener opener, PoolSettings settings, Time time, RandomGenerator random, RateLimitedLog log,
                       Executor files) {
        this.opener = opener;
        this.settings = settings;
        this.time = time;
        this.random = random;
        this.log = log;
        this.memories = new FrameMemories(settings.memory(), files, log);
    }

    /**
     * The session of a descriptor. It may begin to finish before the caller has sent anything; another call then returns its
     * successor.
     *
     * @throws UnansweredException if it has ended and may not be opened again yet, or too many are open
     */
    public NodeSession session(MediaStreamDescriptor descriptor) {
        Place place;
        NodeSession evicted = null;
        NodeSession current;
        synchronized (this) {
            if (closed) {
                throw stopped();
            }
            place = places.get(descriptor);
            if (place == null) {
                evicted = makeRoom();
                place = new Place(descriptor);
                places.put(descriptor, place);
            }
            current = place.use();
        }
        if (evicted != null) {
            evicted.finish();
        }
        return current != null ? current : place.open();
    }

    /** The open sessions. */
    public synchronized List<NodeSession> sessions() {
        return places.values().stream().map(place -> place.session).filter(Objects::nonNull).toList();
    }

    /** Why sessions end; empty while any is open, and when none has failed. */
    public synchronized Optional<Status> failure() {
        if (places.values().stream().anyMatch(place -> place.session != null)) {
            return Optional.empty();
        }
        return places.values().stream().map(place -> place.lastEnd).filter(end -> end != null && !end.isOk()).findFirst();
    }

    /**
     * Ends a session once its samples are answered; the next sample opens another.
     *
     * @return whether there is such a session
     */
    public boolean finish(String sessionId) {
        Optional<NodeSession> found;
        synchronized (this) {
            Optional<Place> its = places.values().stream()
                    .filter(place -> place.session != null && place.session.id().equals(sessionId)).findFirst();
            found = its.map(place -> place.session);
            its.ifPresent(this::remove);
        }
        found.ifPresent(NodeSession::finish);
        return found.isPresent();
    }

    /** Finishes sessions that have not been used for a while. Call it now and then. */
    public void finishIdle() {
        finish(Place::isIdle);
    }

    /** Finishes the open sessions; the next sample opens another. */
    public void finishOpen() {
        finish(place -> true);
    }

    private void finish(Predicate<Place> which) {
        List<NodeSession> chosen = new ArrayList<>();
        synchronized (this) {
            places.values().stream().filter(which).toList().forEach(place -> remove(place).ifPresent(chosen::add));
        }
        chosen.forEach(NodeSession::finish);
    }

    /**
     * Takes no more samples and finishes all sessions.
     *
     * @return completes when the last one has ended
     */
    public CompletableFuture<Void> finishAll() {
        List<NodeSession> last;
        synchronized (this) {
            closed = true;
            List.copyOf(places.values()).forEach(this::remove);
            last = List.copyOf(finishing);
        }
        return CompletableFuture.allOf(last.stream().map(NodeSession::finish).toArray(CompletableFuture<?>[]::new));
    }

    /** @return its session, which the caller finishes outside the lock */
    @GuardedBy("this")
    private Optional<NodeSession> remove(Place place) {
        places.remove(place.descriptor);
        Optional<NodeSession> session = Optional.ofNullable(place.session);
        session.ifPresent(finishing::add);
        return session;
    }

    /**
     * As many may be finishing as may be open, so that an unused session makes room at once.
     *
     * @return the session that made room, which the caller finishes outside the lock; null when there is none
     */
    @GuardedBy("this")
    private @Nullable NodeSession makeRoom() {
        if (places.size() < settings.maxSessions()) {
            return null;
        }
        Place oldest = places.values().stream().filter(Place::isUnused).findFirst().orElseThrow(this::tooMany);
        requireRoomToFinish();
        return remove(oldest).orElse(null);
    }

    @GuardedBy("this")
    private void requireRoomToFinish() {
        if (finishing.size() >= settings.maxSessions()) {
            throw tooMany();
        }
    }

    private UnansweredException tooMany() {
        return new UnansweredException(
                settings.maxSessions() + " sessions are open, which is the most allowed; raise maxSessions, or send fewer cameras'"
                                       + " frames through this producer",
                Status.RESOURCE_EXHAUSTED);
    }

    private static UnansweredException stopped() {
        return new UnansweredException("the producer has stopped", Status.CANCELLED);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** The place of one descriptor, whose sessions follow one another. Guarded by the pool's lock, but for what opens sessions. */
    private final class Place {

        private final MediaStreamDescriptor descriptor;
        private final Backoff backoff = new Backoff(random);
        /** Held while a session is opened, before the pool's lock if both are. */
        private final Object openings = new Object();
        /** Threads that open a session or wait for one. */
        private int opening;
        private @Nullable NodeSession session;
        /** How the last session ended; null if none has. */
        private @Nullable Status lastEnd;
        /** When the next one may be opened after a failure. */
        private long retryNanos;
        private long lastUsedNanos = time.nanoTime();

        Place(MediaStreamDescriptor descriptor) {
            this.descriptor = descriptor;
        }

        /** The session; null if there is none, and then {@link #open()} is to be called. */
        @Nullable NodeSession use() {
            NodeSession current = current();
            if (current == null) {
                opening++;
            }
            return current;
        }

        /** On a thread that may wait for the file system. */
        NodeSession open() {
            synchronized (openings) {
                try {
                    NodeSession current = currentUnlessStopped();
                    return current != null ? current : taken(openAnother());
                } finally {
                    synchronized (SessionPool.this) {
                        opening--;
                    }
                }
            }
        }

        boolean isIdle() {
            return isUnused() && time.nanoTime() - lastUsedNanos > settings.idleTimeout().toNanos();
        }

        boolean isUnused() {
            return opening == 0 && (session == null || session.inFlight() == 0);
        }

        private @Nullable NodeSession current() {
            lastUsedNanos = time.nanoTime();
            // it may have ended while it was being opened
            if (session != null && session.ended().isDone()) {
                session = null;
            }
            if (session != null && !session.isOpen()) {
                requireRoomToFinish();
                finishing.add(session);
                session = null;
            }
            if (session == null) {
                requireWaitIsOver();
            }
            return session;
        }

        private @Nullable NodeSession currentUnlessStopped() {
            synchronized (SessionPool.this) {
                if (closed) {
                    throw stopped();
                }
                return current();
            }
        }

        /** Whoever stopped the pool meanwhile has not seen the session. */
        private NodeSession taken(NodeSession opened) {
            synchronized (SessionPool.this) {
                if (!closed) {
                    session = opened;
                    return opened;
                }
            }
            opened.finish();
            throw stopped();
        }

        private void requireWaitIsOver() {
            long wait = retryNanos - time.nanoTime();
            if (lastEnd != null && wait > 0) {
                throw new UnansweredException(
                        "the last session ended with " + Descriptions.of(lastEnd) + "; another is opened in "
                                              + Duration.ofNanos(wait).toMillis() + " ms",
                        lastEnd);
            }
        }

        private NodeSession openAnother() {
            FrameMemory memory = memories.make();
            boolean handedOver = false;
            try {
                NodeSession opened = opener.open(descriptor, memory);
                opened.ended().thenAccept(status -> onEnd(opened, status, memory));
                handedOver = true;
                opened.opened().thenAccept(reply -> onOpened(opened));
                return opened;
            } finally {
                if (!handedOver) {
                    memories.close(memory);
                }
            }
        }

        private void onOpened(NodeSession opened) {
            synchronized (SessionPool.this) {
                backoff.reset();
            }
            log.info("{} at {} opened", opened, settings.peer());
        }

        /** Removing a file takes its time, which gRPC's thread has only when the pool has stopped. */
        private void close(@Nullable FrameMemory memory) {
            if (isClosed()) {
                memories.close(memory);
            } else {
                memories.closeElsewhere(memory);
            }
        }

        private void onEnd(NodeSession ended, Status status, @Nullable FrameMemory memory) {
            try {
                synchronized (SessionPool.this) {
                    finishing.remove(ended);
                    if (session == null || session == ended) {
                        session = null;
                        lastEnd = status;
                        retryNanos = time.nanoTime();
                        if (!status.isOk() || !ended.wasFinished()) {
                            retryNanos += backoff.afterFailure().toNanos();
                        }
                    }
                }
            } finally {
                close(memory);
            }
            if (status.isOk()) {
                log.info("{} at {} ended; {}", ended, settings.peer(), ended.summary(null));
            } else {
                String why = Descriptions.of(status);
                boolean opened = ended.opened().isDone() && !ended.opened().isCompletedExceptionally();
                log.warn("{} at {} {} {}; {}", ended, settings.peer(), opened ? "ended with" : "did not open:", why, ended.summary(why));
            }
        }
    }
}
