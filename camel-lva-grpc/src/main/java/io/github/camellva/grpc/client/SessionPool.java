package io.github.camellva.grpc.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.RateLimitedLog;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.grpc.Status;
import org.slf4j.LoggerFactory;

/**
 * A session for every descriptor: opened when it is first needed, again when it has ended, and closed when it is idle. Safe for
 * use by many threads, none of which waits here.
 */
public final class SessionPool {

    private static final RateLimitedLog LOG = new RateLimitedLog(LoggerFactory.getLogger(SessionPool.class));

    private final NodeConnection connection;
    private final PoolSettings settings;
    private final Map<MediaStreamDescriptor, Place> places = new LinkedHashMap<>();
    private boolean closed;

    public SessionPool(NodeConnection connection, PoolSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /**
     * The session of a descriptor.
     *
     * @throws UnansweredException if it ended and may not be opened again yet, or there are too many
     */
    public synchronized NodeSession session(MediaStreamDescriptor descriptor) {
        if (closed) {
            throw new UnansweredException("the producer has stopped", Status.CANCELLED);
        }
        Place place = places.get(descriptor);
        if (place == null) {
            requireRoom();
            place = new Place(descriptor);
            places.put(descriptor, place);
        }
        return place.session();
    }

    /** Those that are open now. */
    public synchronized List<NodeSession> sessions() {
        return places.values().stream().map(place -> place.session).filter(Objects::nonNull).toList();
    }

    /** Why a session ended; empty while any is open, and when none has failed. */
    public synchronized Optional<Status> failure() {
        if (places.values().stream().anyMatch(place -> place.session != null)) {
            return Optional.empty();
        }
        return places.values().stream().map(place -> place.lastEnd).filter(end -> end != null && !end.isOk()).findFirst();
    }

    /**
     * Ends a session when its samples are answered; the next sample opens another.
     *
     * @return whether there is such a session
     */
    public boolean close(String sessionId) {
        Optional<Place> place;
        synchronized (this) {
            place = places.values().stream()
                    .filter(candidate -> candidate.session != null && candidate.session.id().equals(sessionId)).findFirst();
            place.ifPresent(found -> places.remove(found.descriptor));
        }
        place.ifPresent(Place::finish);
        return place.isPresent();
    }

    /** Closes sessions that nobody used for a while; to be called now and then. */
    public void closeIdle() {
        List<Place> idle = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Place> all = places.values().iterator(); all.hasNext();) {
                Place place = all.next();
                if (place.isIdle()) {
                    all.remove();
                    idle.add(place);
                }
            }
        }
        idle.forEach(Place::finish);
    }

    /**
     * Ends all sessions: no more samples are taken, those sent are waited for.
     *
     * @param drain how long to wait
     */
    public void close(Duration drain) {
        List<Place> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(places.values());
            places.clear();
        }
        CompletableFuture<?>[] ends = open.stream().map(Place::finish).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(drain.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} sessions did not end within {} ms; they are cancelled", open.size(), drain.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a session is a status, never a failure", e);
        } finally {
            // ends those that are left, whose ends then free their memory
            connection.close();
        }
    }

    private void requireRoom() {
        if (places.size() < settings.maxSessions()) {
            return;
        }
        Place oldest = places.values().stream().filter(Place::isUnused).findFirst().orElseThrow(() -> new UnansweredException(
                settings.maxSessions() + " sessions are open, which is the most allowed; raise maxSessions, or send fewer cameras'"
                                                                                                                    + " frames through this producer",
                Status.RESOURCE_EXHAUSTED));
        places.remove(oldest.descriptor);
        oldest.finish();
    }

    /** Where the sessions of one descriptor follow one another. Guarded by the pool's lock. */
    private final class Place {

        private final MediaStreamDescriptor descriptor;
        private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
        private NodeSession session;
        /** How the last session ended; null before. */
        private Status lastEnd;
        /** When another may be opened after that. */
        private long retryNanos;
        private long lastUsedNanos = System.nanoTime();

        Place(MediaStreamDescriptor descriptor) {
            this.descriptor = descriptor;
        }

        NodeSession session() {
            lastUsedNanos = System.nanoTime();
            // it may have ended while it was opened
            if (session == null || session.ended().isDone()) {
                requireWaitIsOver();
                session = open();
            }
            return session;
        }

        boolean isIdle() {
            return isUnused() && System.nanoTime() - lastUsedNanos > settings.idleTimeout().toNanos();
        }

        boolean isUnused() {
            return session == null || session.inFlight() == 0;
        }

        CompletableFuture<Status> finish() {
            NodeSession current;
            synchronized (SessionPool.this) {
                current = session;
            }
            return current == null ? CompletableFuture.completedFuture(Status.OK) : current.finish();
        }

        private void requireWaitIsOver() {
            long wait = retryNanos - System.nanoTime();
            if (lastEnd != null && wait > 0) {
                throw new UnansweredException(
                        "the last session ended with " + NodeSession.describe(lastEnd) + "; another is opened in "
                                              + TimeUnit.NANOSECONDS.toMillis(wait) + " ms",
                        lastEnd);
            }
        }

        private NodeSession open() {
            SharedMemorySender memory = createMemory();
            NodeSession opened = connection.open(descriptor, memory, settings.maxInFlight(), settings.responseTimeout());
            opened.ended().thenAccept(status -> onEnd(opened, status, memory));
            opened.opened().thenAccept(reply -> onOpened(opened));
            return opened;
        }

        private void onOpened(NodeSession opened) {
            synchronized (SessionPool.this) {
                backoff.reset();
            }
            LOG.info("{} at {} opened", opened, connection.peer());
        }

        private void onEnd(NodeSession ended, Status status, SharedMemorySender memory) {
            synchronized (SessionPool.this) {
                if (session == null || session == ended) {
                    session = null;
                    lastEnd = status;
                    retryNanos = System.nanoTime() + backoff.afterFailure().toNanos();
                }
            }
            closeMemory(memory);
            if (status.isOk()) {
                LOG.info("{} at {} ended", ended, connection.peer());
            } else {
                LOG.warn("{} at {} ended with {}", ended, connection.peer(), NodeSession.describe(status));
            }
        }

        /** Null when frames are embedded. */
        private SharedMemorySender createMemory() {
            PoolSettings.MemorySettings memory = settings.sharedMemory();
            if (memory == null) {
                return null;
            }
            try {
                return SharedMemorySender.create(memory.directory(), memory.lengthBytes(), memory.permissions());
            } catch (IOException e) {
                throw new UnansweredException(
                        "shared memory of " + memory.lengthBytes() + " bytes cannot be made in " + memory.directory() + ": "
                                              + e.getMessage(),
                        Status.FAILED_PRECONDITION.withCause(e));
            }
        }

        private static void closeMemory(SharedMemorySender memory) {
            if (memory == null) {
                return;
            }
            try {
                memory.close();
            } catch (IOException e) {
                LOG.warn("Shared memory {} cannot be removed: {}", memory.handleName(), e.getMessage());
            }
        }
    }
}
