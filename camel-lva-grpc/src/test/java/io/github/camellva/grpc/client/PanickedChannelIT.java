package io.github.camellva.grpc.client;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.camellva.grpc.LvaGrpcTestSupport;
import io.github.camellva.grpc.TestNode;
import io.github.camellva.grpc.stream.NodeSession;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.Metadata;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;

/** A channel of gRPC's that met an Error within itself fails each of its calls from then on. */
class PanickedChannelIT extends LvaGrpcTestSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Its stack traces would fill the output of a build. */
    private static final Logger LOG_OF_GRPC = Logger.getLogger("io.grpc.internal");

    private final Channels channels = new Channels();
    private final Names names = new Names();
    private TestNode node;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("route").process(exchange -> exchange.getMessage().setBody(entity("found")));
            }
        };
    }

    @BeforeEach
    void connect() throws Exception {
        LOG_OF_GRPC.setLevel(Level.OFF);
        LoadBalancerRegistry.getDefaultRegistry().register(channels);
        NameResolverRegistry.getDefaultRegistry().register(names);
        node = TestNode.connect("127.0.0.1", port("route"),
                (host, port) -> NettyChannelBuilder.forTarget(names.getDefaultScheme() + ":///" + host + ":" + port).usePlaintext()
                        .defaultLoadBalancingPolicy(channels.getPolicyName()),
                new Metadata());
    }

    @AfterEach
    void disconnect() {
        node.close();
        LoadBalancerRegistry.getDefaultRegistry().deregister(channels);
        NameResolverRegistry.getDefaultRegistry().deregister(names);
        LOG_OF_GRPC.setLevel(null);
    }

    @Test
    void theSessionThatMeetsItIsTheOnlyOneThatFails() throws Exception {
        requireServed(open());
        channels.panic();
        requireFailed(open());
        for (int i = 0; i < 3; i++) {
            requireServed(open());
        }
    }

    @Test
    void eachTimeAnotherTakesItsPlace() throws Exception {
        for (int i = 0; i < 3; i++) {
            requireServed(open());
            channels.panic();
            requireFailed(open());
        }
        requireServed(open());
    }

    @Test
    void sessionsThatItHasGoOn() throws Exception {
        NodeSession before = open();
        requireServed(before);
        channels.panic();
        requireFailed(open());
        requireServed(before);
        assertThat(before.finish().get(10, TimeUnit.SECONDS)).isEqualTo(Status.OK);
    }

    @Test
    void sessionsThatItHasEndWithTheConnection() throws Exception {
        NodeSession before = open();
        requireServed(before);
        channels.panic();
        requireFailed(open());
        node.close();
        assertThat(before.ended().get(10, TimeUnit.SECONDS).isOk()).isFalse();
    }

    @Test
    void aChannelThatCannotBeReplacedNowIsReplacedTheNextTime() throws Exception {
        requireServed(open());
        channels.panic();
        names.missing = true;
        requireFailed(open());
        names.missing = false;
        requireFailed(open());
        requireServed(open());
    }

    private NodeSession open() {
        return node.open(rawDescriptor().build(), null, 4, PATIENCE);
    }

    private static void requireServed(NodeSession session) throws Exception {
        assertThat(tags(session.send(1, ByteBuffer.wrap(pixels(FRAME_BYTES, 1)), List.of()).get(10, TimeUnit.SECONDS)))
                .containsExactly("found");
    }

    private static void requireFailed(NodeSession session) throws Exception {
        assertThat(session.ended().get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.INTERNAL);
    }

    /** Balances as gRPC does by default, and can make the channel that was made last meet an Error. */
    private static final class Channels extends LoadBalancerProvider {

        private static final LoadBalancerProvider USUAL = LoadBalancerRegistry.getDefaultRegistry().getProvider("pick_first");

        private volatile LoadBalancer.Helper last;

        void panic() {
            last.getSynchronizationContext().execute(() -> {
                throw new OutOfMemoryError("as if");
            });
        }

        @Override
        public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
            last = helper;
            return USUAL.newLoadBalancer(helper);
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public int getPriority() {
            return USUAL.getPriority();
        }

        @Override
        public String getPolicyName() {
            return "panics_when_told";
        }
    }

    /** Resolves them as usual; a channel cannot be made while that is missing. */
    private static final class Names extends NameResolverProvider {

        private volatile boolean missing;

        @Override
        public NameResolver newNameResolver(URI target, NameResolver.Args args) {
            if (missing) {
                throw new OutOfMemoryError("as if");
            }
            return NameResolverRegistry.getDefaultRegistry().asFactory().newNameResolver(URI.create("dns://" + target.getPath()), args);
        }

        @Override
        public String getDefaultScheme() {
            return "missing-when-told";
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 0;
        }
    }
}
