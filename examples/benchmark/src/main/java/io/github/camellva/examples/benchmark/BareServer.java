package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/** grpc-java without Camel. */
final class BareServer implements Server {

    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final io.grpc.Server copying;
    private final io.grpc.Server mapping;

    private BareServer(io.grpc.Server copying, io.grpc.Server mapping) {
        this.copying = copying;
        this.mapping = mapping;
    }

    /** @param threads chooses those that it runs on */
    static BareServer start(UnaryOperator<NettyServerBuilder> threads) throws IOException {
        return new BareServer(
                threads.apply(builder(Transfer.COPY)).build().start(), threads.apply(builder(Transfer.MAP)).build().start());
    }

    private static NettyServerBuilder builder(Transfer transfer) {
        return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .addService(new BareService(transfer));
    }

    @Override
    public int port(Transfer transfer) {
        return (transfer.isMapped() ? mapping : copying).getPort();
    }

    @Override
    public void close() {
        copying.shutdownNow();
        mapping.shutdownNow();
    }
}
