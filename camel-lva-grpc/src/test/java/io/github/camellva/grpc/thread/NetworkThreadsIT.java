package io.github.camellva.grpc.thread;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelConfig;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.RecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.util.UncheckedBooleanSupplier;
import io.grpc.protobuf.services.HealthStatusManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What a lack of memory does to the threads that serve sockets, in places where Netty does not expect it. */
@SuppressWarnings("deprecation") // the option is the only way to get there
class NetworkThreadsIT {

    /** More than there are threads, so that each has met it. */
    private static final int ERRORS = 2 * Runtime.getRuntime().availableProcessors() + 1;

    private final NetworkThreads threads = NetworkThreads.take();
    private final AtomicInteger errors = new AtomicInteger();
    private Server server;

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        threads.close();
    }

    @Test
    void errorsOfAServersConnectionsCostTheseConnections() throws Exception {
        server = start(builder().withChildOption(ChannelOption.RCVBUF_ALLOCATOR, new Failing()));
        for (int i = 0; i < ERRORS; i++) {
            errors.set(1);
            requireEnded();
        }
        for (int i = 0; i < ERRORS; i++) {
            requireServed();
        }
    }

    @Test
    void anErrorWhileAConnectionIsAcceptedCostsNothing() throws Exception {
        server = start(builder().withOption(ChannelOption.RCVBUF_ALLOCATOR, new Failing()));
        errors.set(3);
        requireServed();
        assertThat(errors).hasNonPositiveValue();
    }

    @Test
    void errorsOfAChannelsConnectionAreOverWhenItHasConnectedAnew() throws Exception {
        server = start(builder());
        ManagedChannel channel = threads.serve(client()).withOption(ChannelOption.RCVBUF_ALLOCATOR, new Failing()).build();
        try {
            for (int i = 0; i < ERRORS; i++) {
                errors.set(1);
                assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> check(channel))
                        .satisfies(e -> assertThat(e.getStatus().getCode()).isIn(Status.Code.UNAVAILABLE, Status.Code.UNKNOWN));
                await().ignoreException(StatusRuntimeException.class).until(() -> check(channel) == ServingStatus.SERVING);
            }
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theyEndWithTheLastWhoHasTakenThem() throws Exception {
        server = start(builder());
        requireServed();
        assertThat(threadsAreRunning()).isTrue();
        stop();
        await().until(() -> !threadsAreRunning());
        NetworkThreads.take().close();
    }

    private static boolean threadsAreRunning() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().startsWith("lva-grpc-"));
    }

    private NettyServerBuilder builder() {
        return threads.serve(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    private static Server start(NettyServerBuilder builder) throws Exception {
        return builder.addService(new HealthStatusManager().getHealthService()).build().start();
    }

    private NettyChannelBuilder client() {
        return NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                .usePlaintext();
    }

    private void requireServed() throws InterruptedException {
        ManagedChannel channel = client().build();
        try {
            assertThat(check(channel)).isEqualTo(ServingStatus.SERVING);
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private void requireEnded() throws InterruptedException {
        ManagedChannel channel = client().build();
        try {
            assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> check(channel))
                    .satisfies(e -> assertThat(e.getStatus().getCode()).isIn(Status.Code.UNAVAILABLE, Status.Code.UNKNOWN));
        } finally {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static ServingStatus check(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance()).getStatus();
    }

    /** Netty asks for it before each read, and expects no Error there. */
    private final class Failing implements RecvByteBufAllocator {

        private final RecvByteBufAllocator sizes = new AdaptiveRecvByteBufAllocator();

        @Override
        public Handle newHandle() {
            return new FailingHandle((ExtendedHandle) sizes.newHandle());
        }
    }

    private final class FailingHandle extends RecvByteBufAllocator.DelegatingHandle implements RecvByteBufAllocator.ExtendedHandle {

        private final RecvByteBufAllocator.ExtendedHandle sizes;

        FailingHandle(RecvByteBufAllocator.ExtendedHandle sizes) {
            super(sizes);
            this.sizes = sizes;
        }

        @Override
        public void reset(ChannelConfig config) {
            if (errors.getAndDecrement() > 0) {
                throw new OutOfMemoryError("as if");
            }
            super.reset(config);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier mayBeMore) {
            return sizes.continueReading(mayBeMore);
        }
    }
}
