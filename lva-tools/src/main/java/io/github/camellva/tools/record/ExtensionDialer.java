package io.github.camellva.tools.record;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import io.github.camellva.tools.peer.Address;
import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNames;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.resolver.DefaultAddressResolverGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import io.grpc.netty.shaded.io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/** Connects to an extension, with TLS if it wants that. */
final class ExtensionDialer {

    private final Bootstrap bootstrap;
    private final Address extension;
    private final @Nullable SslContext tls;

    /** @param bootstrap has the options of the channels that are made */
    ExtensionDialer(Bootstrap bootstrap, Address extension, @Nullable SslContext tls) {
        this.bootstrap = bootstrap;
        this.extension = extension;
        this.tls = tls;
    }

    /** Connects; the channel has not been read yet, and all of it happens in this loop. */
    Future<Channel> dial(EventLoop loop) {
        Promise<Channel> dialled = loop.newPromise();
        DefaultAddressResolverGroup.INSTANCE.getResolver(loop)
                .resolveAll(InetSocketAddress.createUnresolved(extension.host(), extension.port()))
                .addListener((Future<List<InetSocketAddress>> resolved) -> {
                    if (resolved.isSuccess()) {
                        connect(loop, resolved.getNow(), 0, dialled);
                    } else {
                        dialled.setFailure(resolved.cause());
                    }
                });
        return dialled;
    }

    /** A name may have several addresses, and the extension listen on one of them. */
    private void connect(EventLoop loop, List<InetSocketAddress> addresses, int next, Promise<Channel> dialled) {
        bootstrap.clone(loop).handler(new Initializer()).connect(addresses.get(next)).addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                secure(connected.channel(), dialled);
            } else if (next + 1 < addresses.size()) {
                connect(loop, addresses, next + 1, dialled);
            } else {
                dialled.setFailure(connected.cause());
            }
        });
    }

    private static void secure(Channel channel, Promise<Channel> dialled) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            dialled.setSuccess(channel);
            return;
        }
        handler.handshakeFuture().addListener(shaken -> {
            if (!shaken.isSuccess()) {
                dialled.setFailure(shaken.cause());
            } else if (!ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol())) {
                channel.close();
                dialled.setFailure(new IOException("it speaks TLS, but not HTTP/2 over it"));
            } else {
                dialled.setSuccess(channel);
            }
        });
    }

    /** Puts TLS in front of all else. */
    private final class Initializer extends ChannelInitializer<NioSocketChannel> {

        @Override
        protected void initChannel(NioSocketChannel channel) {
            if (tls != null) {
                SslHandler handler = tls.newHandler(channel.alloc(), extension.host(), extension.port());
                SSLEngine engine = handler.engine();
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                engine.setSSLParameters(parameters);
                channel.pipeline().addLast(handler, new HandshakeFailures());
            }
        }
    }

    /** Each has been told to whoever dialled. */
    private static final class HandshakeFailures extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }
    }
}
