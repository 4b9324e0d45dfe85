package io.github.camellva.tools.record;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.Causes;
import io.github.camellva.tools.peer.Security;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Listens for nodes, and connects each of them to the extension. */
final class Relay implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 1000;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int DRAIN_SECONDS = 2;
    private final Address extension;
    private final ExtensionDialer dialer;
    private final CallHeaders callHeaders;
    private final Function<String, @Nullable SessionTap> taps;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(), NioIoHandler.newFactory());
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Channel server;
    private volatile String problem = "";

    /**
     * Begins to listen.
     *
     * @param taps hears another session of a node, by its address; null if it is not to be heard
     */
    Relay(Address listen, Address extension, Security security, Function<String, @Nullable SessionTap> taps) {
        this.extension = extension;
        this.dialer = new ExtensionDialer(
                new Bootstrap()
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS),
                extension, security.sslContext());
        this.callHeaders = new CallHeaders(extension, security);
        this.taps = taps;
        boolean listening = false;
        try {
            this.server = listen(listen);
            listening = true;
        } finally {
            if (!listening) {
                stopLoops();
            }
        }
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Why the last node was not connected; empty if all were. */
    String problem() {
        return problem;
    }

    /** Whether it has ended within a time. */
    boolean awaitEnd(int seconds) throws InterruptedException {
        return server.closeFuture().await(seconds, TimeUnit.SECONDS);
    }

    /** Ends all sessions. */
    @Override
    public void close() {
        server.close();
        connections.forEach(connection -> connection.endSoon(Status.CANCELLED.withDescription("the recorder was ended")));
        stopLoops();
    }

    private Channel listen(Address address) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<NioSocketChannel>() {

                    @Override
                    protected void initChannel(NioSocketChannel node) {
                        accept(node);
                    }
                })
                .bind(address.host().isEmpty()
                        ? new InetSocketAddress(address.port())
                        : new InetSocketAddress(address.host(), address.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new CommandException("cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    private void accept(Channel node) {
        RelayedConnection connection = new RelayedConnection(node, callHeaders, taps);
        if (connections.size() >= MAX_CONNECTIONS) {
            refuse(connection, "the recorder relays " + MAX_CONNECTIONS + " connections, and takes no more");
            return;
        }
        connections.add(connection);
        node.closeFuture().addListener(closed -> connections.remove(connection));
        dialer.dial(node.eventLoop()).addListener((Future<Channel> dialled) -> {
            if (!dialled.isSuccess()) {
                refuse(connection, "the extension at " + extension + " cannot be reached: " + Causes.inWords(dialled.cause()));
            } else if (node.isActive()) {
                connection.start(dialled.getNow());
            } else {
                dialled.getNow().close();
            }
        });
    }

    private void refuse(RelayedConnection connection, String reason) {
        problem = reason;
        connection.refuse(reason);
    }

    private void stopLoops() {
        loops.shutdownGracefully(0, DRAIN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(2 * DRAIN_SECONDS, TimeUnit.SECONDS);
    }
}
