package io.github.camellva.tools.record;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.tools.recording.RecordTarget;
import io.github.camellva.tools.recording.v1.LeftOut;
import io.github.camellva.tools.recording.v1.Record;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to one thread that writes them. Whoever offers one never waits: what the disk cannot keep up with is left out,
 * counted, and marked in the recording. Safe for use by many threads.
 */
final class Recorder implements AutoCloseable {

    /** What a record costs in memory beside its bytes, about. */
    private static final int OVERHEAD_BYTES = 512;
    /** A peer may send larger descriptors: they get no room of their own. */
    private static final int MAX_ESSENTIAL_BYTES = 1 << 16;

    private final RecordTarget target;
    private final long maxWaitingBytes;
    private final LongSupplier clock;
    private final Thread thread;

    @GuardedBy("this")
    private final Queue<Record> waiting = new ArrayDeque<>();
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

    /** Takes a record, or leaves it out if too much is waiting. */
    synchronized void offer(Record record) {
        long bytes = bytesOf(record);
        if (closing) {
            return;
        }
        if (waitingBytes + bytes > (isEssential(record, bytes) ? 2 * maxWaitingBytes : maxWaitingBytes)) {
            leaveOut(record, "the disk is too slow");
            return;
        }
        waiting.add(record);
        waitingBytes += bytes;
        notifyAll();
    }

    synchronized long written() {
        return written;
    }

    synchronized long leftOut() {
        return leftOut;
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
            for (Record record = take(); record != null; record = take()) {
                write(record);
            }
            writeGap();
        } catch (IOException e) {
            // closing: what has been written is there, and what has not is counted
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Record take() throws InterruptedException {
        while (waiting.isEmpty() && !closing) {
            wait();
        }
        Record record = waiting.poll();
        if (record != null) {
            waitingBytes -= bytesOf(record);
        }
        return record;
    }

    private void write(Record record) {
        try {
            writeGap();
            target.write(record);
            synchronized (this) {
                written++;
            }
        } catch (Throwable e) {
            // a lack of memory, too, costs this record and not the recording
            leaveOut(record, "the file cannot be written: " + e.getMessage());
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

    /** Counts a record that is not written. */
    synchronized void leaveOut(Record record, String reason) {
        leftOut++;
        if (gap == null) {
            gap = LeftOut.newBuilder().setTime(clock.getAsLong()).setReason(reason);
        }
        gap.setMessages(gap.getMessages() + 1).setBytes(gap.getBytes() + record.getSerializedSize());
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

    private static long bytesOf(Record record) {
        return OVERHEAD_BYTES + record.getSerializedSize();
    }
}
