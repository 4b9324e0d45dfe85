package io.github.camellva.grpc.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.camellva.grpc.text.Printable;
import io.grpc.netty.shaded.io.netty.channel.IoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.SingleThreadIoEventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network thread that goes on after an {@link Error}. Netty's own would end, and with it everything that it serves, now and later:
 * when memory runs out, Netty's handling of that often runs out of it, too.
 */
class EnduringLoop extends SingleThreadIoEventLoop {

    private static final Logger LOG = LoggerFactory.getLogger(EnduringLoop.class);
    /** What must be free before it goes on: failing again halfway would leave connections that nobody closes. */
    private static final int FREE_BYTES = 1 << 20;
    private static final int MAX_CHARACTERS = 500;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    static {
        // what it needs when there is no memory is loaded by then
        pause();
    }

    /** Of a connection or a task, not yet dealt with. Confined to the loop's thread, as the next. */
    private @Nullable Throwable failure;
    /** A field, so that the compiler cannot leave the allocation out. */
    private byte @Nullable [] probe;

    EnduringLoop(IoEventLoopGroup group, Executor threads, IoHandlerFactory sockets) {
        super(group, threads, sockets);
    }

    @Override
    protected void run() {
        boolean over = false;
        while (!over) {
            try {
                if (failure != null) {
                    recover();
                }
                super.run();
                over = true;
            } catch (Throwable e) {
                failure = e;
                pause();
            }
        }
    }

    /** Called once there is memory again. What was being read when the Error came has lost its place in the stream. */
    void clearUp() {
        // those who listen have nothing to clear up
    }

    private void recover() {
        probe = new byte[FREE_BYTES];
        probe = null;
        clearUp();
        Throwable survived = failure;
        failure = null;
        try {
            LOG.warn("A network thread goes on after {}; the connections it served are closed", Printable.of(String.valueOf(survived), MAX_CHARACTERS));
        } catch (Throwable e) {
            // it goes on whether or not that can be told
        }
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
