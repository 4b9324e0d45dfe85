package io.github.camellva.grpc.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A file that is read and written by position, on the calling thread. An interrupt of one thread would close a
 * {@link java.nio.channels.FileChannel} for all. Safe for use by many threads.
 */
final class PositionedFile implements AutoCloseable {

    /** The JDK copies heap buffers through a direct one of the same size that the thread then keeps: steps keep it small. */
    private static final int STEP_BYTES = 256 * 1024;

    private final AsynchronousFileChannel channel;

    private PositionedFile(AsynchronousFileChannel channel) {
        this.channel = channel;
    }

    static PositionedFile open(Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        // on Windows the channel hands its executor tasks that never end
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return new PositionedFile(
                AsynchronousFileChannel.open(file, options, posix ? new CallingThread() : null, attributes));
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Whether the file is locked from here on, until it is closed; false if another process holds it. */
    boolean tryLock() throws IOException {
        return channel.tryLock() != null;
    }

    /** Fills the buffer from its position to its limit. */
    void read(ByteBuffer target, long position) throws IOException {
        int end = target.limit();
        long start = position - target.position();
        while (target.position() < end) {
            target.limit(Math.min(end, target.position() + STEP_BYTES));
            if (await(channel.read(target, start + target.position())) < 0) {
                throw new EOFException("the file ends before the region does");
            }
        }
    }

    /** Writes the buffer from its position to its limit. */
    void write(ByteBuffer source, long position) throws IOException {
        int end = source.limit();
        long start = position - source.position();
        while (source.position() < end) {
            source.limit(Math.min(end, source.position() + STEP_BYTES));
            await(channel.write(source, start + source.position()));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int await(Future<Integer> transfer) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return transfer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Transfers on the calling thread: another one would cost a change of threads for every step. */
    private static final class CallingThread extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            // it owns no thread
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
