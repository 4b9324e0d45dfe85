package io.github.camellva.tools.record;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.Causes;
import io.github.camellva.tools.peer.Security;
import io.github.camellva.tools.recording.RecordingWriter;
import org.jspecify.annotations.Nullable;

/** A relay that listens, and the recorder beside it. */
final class RecordingRelay implements AutoCloseable {

    /** Open at once; those beyond are relayed, and not recorded. */
    private static final int MAX_SESSIONS = 10_000;

    private final Recorder recorder;
    private final Limits limits;
    private final LongSupplier clock = nanosSince1970();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final Relay relay;

    /**
     * What a relay may use.
     *
     * @param maxFileBytes          when the recording continues in another file
     * @param maxWaitingBytes       what may wait for the disk
     * @param maxMessageBytes       the largest message that is recorded
     * @param sharedMemoryDirectory where handles are looked up
     */
    record Limits(long maxFileBytes, long maxWaitingBytes, int maxMessageBytes, Path sharedMemoryDirectory) {
    }

    private RecordingRelay(Address listen, Address extension, Security security, Path file, Limits limits) {
        this.limits = limits;
        // what waits is outside the heap, and Java allows as much there as in it
        long maxWaitingBytes = Math.min(limits.maxWaitingBytes, Runtime.getRuntime().maxMemory() / 4);
        this.recorder = new Recorder(open(file, limits, extension, clock), maxWaitingBytes, clock);
        recorder.start();
        boolean started = false;
        try {
            this.relay = new Relay(listen, extension, security, this::tap);
            started = true;
        } finally {
            if (!started) {
                closeRecorder();
                remove(file);
            }
        }
    }

    /** Begins to listen. */
    static RecordingRelay start(Address listen, Address extension, Security security, Path file, Limits limits) {
        return new RecordingRelay(listen, extension, security, file, limits);
    }

    int port() {
        return relay.port();
    }

    /** Whether it has ended within a time. */
    boolean awaitEnd(int seconds) throws InterruptedException {
        return relay.awaitEnd(seconds);
    }

    /** Ends sessions, and writes what is waiting. */
    @Override
    public void close() {
        relay.close();
        closeRecorder();
    }

    long leftOut() {
        return recorder.leftOut();
    }

    /** What has been recorded so far, and what went wrong. */
    @Override
    public String toString() {
        return sessions + (sessions.get() == 1 ? " session, " : " sessions, ") + recorder.written() + " records"
               + (recorder.leftOut() == 0 ? "" : ", " + recorder.leftOut() + " messages left out")
               + (relay.problem().isEmpty() ? "" : "; a node was refused: " + relay.problem());
    }

    /** Hears another session; null if too many are heard already, or the disk is too slow. */
    private @Nullable SessionTap tap(String node) {
        long number = sessions.incrementAndGet();
        if (open.incrementAndGet() > MAX_SESSIONS) {
            open.decrementAndGet();
            recorder.leaveOut(0, "more than " + MAX_SESSIONS + " sessions at once");
            return null;
        }
        SessionTap tap = new SessionTap(
                number, recorder, clock, limits.sharedMemoryDirectory, limits.maxMessageBytes, open::decrementAndGet);
        if (!tap.began(node)) {
            open.decrementAndGet();
            return null;
        }
        return tap;
    }

    private void closeRecorder() {
        try {
            recorder.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RecordingWriter open(Path file, Limits limits, Address extension, LongSupplier clock) {
        try {
            return new RecordingWriter(file, limits.maxFileBytes, extension.toString(), clock);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(file + " exists; name another file, or remove it", e);
        } catch (IOException e) {
            throw new CommandException("cannot write " + file + ": " + Causes.inWords(e), e);
        }
    }

    /** It was made here, has nothing in it, and would be in the way of another try. */
    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            // why nothing is recorded is more important
        }
    }

    private static LongSupplier nanosSince1970() {
        return () -> {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        };
    }
}
