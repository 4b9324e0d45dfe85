package io.github.camellva.examples.benchmark;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/** A server or a node. All servers do the same with a frame ({@link Inspection}), and all nodes check answers. */
enum Contestant {

    /** grpc-java without Camel, on the threads of the network: the limit. */
    BARE_DIRECT(Side.SERVERS, () -> BareServer.start(NettyServerBuilder::directExecutor)),
    /** grpc-java without Camel, on the executor that it has by default. */
    BARE_DEFAULT(Side.SERVERS, () -> BareServer.start(UnaryOperator.identity())),
    /** Camel's component for any gRPC service. */
    CAMEL_GRPC(Side.SERVERS, CamelGrpcServer::start) {
        @Override
        boolean takes(Load load) {
            // its routes see messages without their session, and so cannot know whose memory to read
            return super.takes(load) && !load.transfer().isShared();
        }
    },
    LVAGRPC_JAVA(Side.SERVERS, () -> LvaGrpcServer.ofJavaRoute("")),
    LVAGRPC_YAML(Side.SERVERS, LvaGrpcServer::ofYamlRoute),
    /** The Java route on the threads of the network, as it never blocks. */
    LVAGRPC_NON_BLOCKING(Side.SERVERS, () -> LvaGrpcServer.ofJavaRoute("&nonBlocking=true")),

    /** grpc-java without Camel, on the thread of the network: the limit. */
    NODE_BARE_DIRECT(Side.NODES, () -> new BareNode(NettyChannelBuilder::directExecutor)),
    /** grpc-java without Camel, on the executor that it has by default. */
    NODE_BARE_DEFAULT(Side.NODES, () -> new BareNode(UnaryOperator.identity())),
    /** A route that sends to this component. */
    NODE_LVAGRPC(Side.NODES, () -> new LvaGrpcNode("")),
    /** The same on the thread of the network from the answer on, as the rest of the route never blocks. */
    NODE_LVAGRPC_NON_BLOCKING(Side.NODES, () -> new LvaGrpcNode("&nonBlocking=true"));

    private final Side side;
    private final Callable<Party> party;

    Contestant(Side side, Callable<Party> party) {
        this.side = side;
        this.party = party;
    }

    /** What the contestants of a side are compared with; it also serves those of the other side. */
    static Contestant bare(Side side) {
        return side == Side.SERVERS ? BARE_DIRECT : NODE_BARE_DIRECT;
    }

    /** As options and tables name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Starts it in this process. */
    Party start() throws Exception {
        return party.call();
    }

    boolean takes(Load load) {
        return load.side() == side;
    }
}
