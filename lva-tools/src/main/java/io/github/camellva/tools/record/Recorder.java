package io.github.camellva.tools.record;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import io.github.camellva.tools.recording.Entry;
import io.github.camellva.tools.recording.RecordTarget;
import io.github.camellva.tools.recording.v1.LeftOut;
import io.github.camellva.tools.recording.v1.Record;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to one thread that writes them. Whoever offers one never waits: what the disk cannot keep up with is left out,
 * counted, and marked in the recording. Safe for use by many threads.
 */
final class Recorder implements AutoCloseable {

    /** A peer may send larger descriptors: they get no room of their own. */
    static final int MAX_ESSENTIAL_BYTES = 1 << 16;
    static final String TOO_SLOW = "the disk is too slow";
    /** What a record costs in memory beside its bytes, about. */
    private static final int OVERHEAD_BYTES = 512;

    private final RecordTarget target;
    private final long maxWaitingBytes;
    private final LongSupplier clock;
    private final Thread thread;

    @GuardedBy("this")
    private final Queue<Entry> waiting = new ArrayDeque<>();
    /** Of what waits, is being written, or is still coming. */
    @GuardedBy("this")
    private long waitingBytes;
    @GuardedBy("this")
    private LeftOut.@Nullable Builder gap;
    @GuardedBy("this")
    private boolean closing;
    @GuardedBy("this")
    private long written;
    @GuardedBy("this")
    private long leftOut;

    /**
     * @param target          used and closed by the recorder's thread
     * @param maxWaitingBytes how much may wait for the disk
     * @param clock           nanoseconds since 1970
     */
    Recorder(RecordTarget target, long maxWaitingBytes, LongSupplier clock) {
        this.target = target;
        this.maxWaitingBytes = maxWaitingBytes;
        this.clock = clock;
        this.thread = new Thread(this::run, "lva-recorder");
    }

    void start() {
        thread.start();
    }

    /** Takes a record that is whole; false if it is left out, since too much is waiting. */
    boolean offer(Record record) {
        long bytes = OVERHEAD_BYTES + (long) record.getSerializedSize();
        if (!(isEssential(record, bytes) ? takeReserve(bytes) : takeRoom(bytes))) {
            leaveOut(bytes, TOO_SLOW);
            return false;
        }
        offer(new Entry(record, ByteString.EMPTY, () -> giveRoom(bytes)));
        return true;
    }

    /** Takes the end of a session whose beginning was taken, however much is waiting: a file must not wait for it for ever. */
    void offerEnd(Record record) {
        offer(Entry.of(record));
    }

    /** Takes an entry that has room already, and releases it when it is written. */
    void offer(Entry entry) {
        if (!enqueue(entry)) {
            entry.release().run();
        }
    }

    /** Takes room for something that is to be recorded; false if too much is waiting. */
    synchronized boolean takeRoom(long bytes) {
        return takeRoom(bytes, maxWaitingBytes);
    }

    /** The same for what is small or essential: as much again is kept for it. */
    synchronized boolean takeReserve(long bytes) {
        return takeRoom(bytes, 2 * maxWaitingBytes);
    }

    synchronized void giveRoom(long bytes) {
        waitingBytes -= bytes;
    }

    synchronized long written() {
        return written;
    }

    synchronized long leftOut() {
        return leftOut;
    }

    /** What waits, is being written, or is still coming. */
    synchronized long waitingBytes() {
        return waitingBytes;
    }

    /** Writes what is waiting, then closes the file. */
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        thread.join();
    }

    private void run() {
        try (target) {
            for (Entry entry = take(); entry != null; entry = take()) {
                write(entry);
            }
            writeGap();
        } catch (IOException e) {
            // closing: what has been written is there, and what has not is counted
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @GuardedBy("this")
    private boolean takeRoom(long bytes, long limit) {
        if (waitingBytes + bytes > limit) {
            return false;
        }
        waitingBytes += bytes;
        return true;
    }

    private synchronized boolean enqueue(Entry entry) {
        if (closing) {
            return false;
        }
        waiting.add(entry);
        notifyAll();
        return true;
    }

    private synchronized @Nullable Entry take() throws InterruptedException {
        while (waiting.isEmpty() && !closing) {
            wait();
        }
        return waiting.poll();
    }

    private void write(Entry entry) {
        try {
            writeGap();
            target.write(entry);
            synchronized (this) {
                written++;
            }
        } catch (Throwable e) {
            // a lack of memory, too, costs this record and not the recording
            leaveOut(entry.bytes(), "the file cannot be written: " + e.getMessage());
        } finally {
            entry.release().run();
        }
    }

    private void writeGap() throws IOException {
        LeftOut marked;
        synchronized (this) {
            if (gap == null) {
                return;
            }
            marked = gap.build();
        }
        target.write(Record.newBuilder().setLeftOut(marked).build());
        synchronized (this) {
            subtract(marked);
        }
    }

    /** Counts a message that is not written. */
    synchronized void leaveOut(long bytes, String reason) {
        leftOut++;
        if (gap == null) {
            gap = LeftOut.newBuilder().setTime(clock.getAsLong()).setReason(reason);
        }
        gap.setMessages(gap.getMessages() + 1).setBytes(gap.getBytes() + bytes);
    }

    /** More may have been left out while the gap was written. */
    @GuardedBy("this")
    private void subtract(LeftOut marked) {
        if (gap.getMessages() == marked.getMessages()) {
            gap = null;
        } else {
            gap.setMessages(gap.getMessages() - marked.getMessages()).setBytes(gap.getBytes() - marked.getBytes());
        }
    }

    /** How sessions begin and end: the rest is worth little without it. */
    private static boolean isEssential(Record record, long bytes) {
        return bytes <= MAX_ESSENTIAL_BYTES && (!record.hasMessage() || record.getMessage().getMessage().hasMediaStreamDescriptor());
    }
}
