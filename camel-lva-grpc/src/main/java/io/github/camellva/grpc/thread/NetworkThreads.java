package io.github.camellva.grpc.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoEventLoop;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads that serve the sockets of all servers and channels, in place of gRPC's: these survive an {@link Error}. They start when
 * needed and end when the last who has taken them closes. Thread-safe.
 */
public final class NetworkThreads implements AutoCloseable {

    private static final long QUIET_MILLIS = 100;
    private static final long END_SECONDS = 10;

    @GuardedBy("NetworkThreads.class")
    private static @Nullable Groups shared;
    @GuardedBy("NetworkThreads.class")
    private static int users;

    private final Groups groups;
    @GuardedBy("NetworkThreads.class")
    private boolean closed;

    private NetworkThreads(Groups groups) {
        this.groups = groups;
    }

    /** To be closed when the server or the channel has ended. */
    public static NetworkThreads take() {
        synchronized (NetworkThreads.class) {
            if (shared == null) {
                shared = new Groups();
            }
            NetworkThreads taken = new NetworkThreads(shared);
            users++;
            return taken;
        }
    }

    public NettyServerBuilder serve(NettyServerBuilder server) {
        return server.bossEventLoopGroup(groups.listening).workerEventLoopGroup(groups.serving)
                .channelType(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
    }

    public NettyChannelBuilder serve(NettyChannelBuilder channel) {
        return channel.eventLoopGroup(groups.serving)
                .channelType(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class);
    }

    @Override
    public void close() {
        synchronized (NetworkThreads.class) {
            if (closed) {
                return;
            }
            closed = true;
            if (--users == 0) {
                shared = null;
                groups.end();
            }
        }
    }

    private static final class Groups {

        private final EventLoopGroup listening = new ListeningLoops();
        private final EventLoopGroup serving = new ServingLoops();

        /** Waits for nothing. */
        void end() {
            serving.shutdownGracefully(QUIET_MILLIS, TimeUnit.SECONDS.toMillis(END_SECONDS), TimeUnit.MILLISECONDS);
            listening.shutdownGracefully(QUIET_MILLIS, TimeUnit.SECONDS.toMillis(END_SECONDS), TimeUnit.MILLISECONDS);
        }
    }

    private static final class ListeningLoops extends MultiThreadIoEventLoopGroup {

        ListeningLoops() {
            super(1, threads("lva-grpc-listen"), sockets());
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory sockets, Object... none) {
            return new EnduringLoop(this, executor, sockets);
        }
    }

    private static final class ServingLoops extends MultiThreadIoEventLoopGroup {

        ServingLoops() {
            super(Runtime.getRuntime().availableProcessors(), threads("lva-grpc-serve"), sockets());
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory sockets, Object... none) {
            return new ServingLoop(this, executor, sockets);
        }
    }

    private static final class ServingLoop extends EnduringLoop {

        ServingLoop(ServingLoops group, Executor executor, IoHandlerFactory sockets) {
            super(group, executor, sockets);
        }

        @Override
        void clearUp() {
            // its name notwithstanding, it closes what is registered and may be called at any time
            ioHandler().prepareToDestroy();
        }
    }

    private static ThreadFactory threads(String name) {
        return new DefaultThreadFactory(name, true);
    }

    private static IoHandlerFactory sockets() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }
}
