package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;

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

    static BareServer direct() throws IOException {
        return start(builder(Transfer.COPY).directExecutor(), builder(Transfer.MAP).directExecutor());
    }

    /** On the executor that gRPC has when it is not told otherwise. */
    static BareServer byDefault() throws IOException {
        return start(builder(Transfer.COPY), builder(Transfer.MAP));
    }

    private static BareServer start(NettyServerBuilder copying, NettyServerBuilder mapping) throws IOException {
        return new BareServer(copying.build().start(), mapping.build().start());
    }

    private static NettyServerBuilder builder(Transfer transfer) {
        return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .addService(new BareService(transfer));
    }

    @Override
    public int port(Transfer transfer) {
        return (transfer == Transfer.MAP ? mapping : copying).getPort();
    }

    @Override
    public void close() {
        copying.shutdownNow();
        mapping.shutdownNow();
    }
}
