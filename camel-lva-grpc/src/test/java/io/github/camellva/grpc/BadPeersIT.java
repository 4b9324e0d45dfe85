package io.github.camellva.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.message;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What nodes get that break the rules, over real gRPC; beside them a good one is served all the time. */
class BadPeersIT extends LvaGrpcTestSupport {

    private static final int MAX_MESSAGE = 100_000;

    private RawNode good;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION + "?maxMessageSize=" + MAX_MESSAGE).routeId("route")
                        .process(exchange -> exchange.getMessage().setBody(entity("found")));
            }
        };
    }

    @BeforeEach
    void openAGoodSession() {
        good = connect("route").open(rawDescriptor());
    }

    @AfterEach
    void theGoodSessionIsServedAsBefore() {
        good.send(embedded(1, pixels(FRAME_BYTES, 1)));
        assertThat(tags(good.receive())).containsExactly("found");
        good.close();
        await().until(() -> context.getInflightRepository().size() == 0);
    }

    @Test
    void aFirstMessageWithoutDescriptorIsRefused() {
        try (RawNode node = connect("route")) {
            assertRefused(node.send(embedded(1, pixels(FRAME_BYTES, 1))).awaitEnd(), Status.Code.INVALID_ARGUMENT, "media_stream_descriptor");
        }
    }

    @Test
    void aNumberThatDoesNotIncreaseIsRefusedAfterTheAnswersThatAreOwed() {
        try (RawNode node = connect("route")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            node.send(message(2, embedded(2, pixels(FRAME_BYTES, 1))));
            assertThat(tags(node.receive())).containsExactly("found");
            assertRefused(node.awaitEnd(), Status.Code.INVALID_ARGUMENT, "sequence_number 2 came after 2");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 150_000, 3_000_000 })
    void aMessageAboveTheLimitIsRefusedWithBothSizes(int length) {
        try (RawNode node = connect("route")) {
            node.open(encodedDescriptor(Encoding.JPG)).send(embedded(1, new byte[length]));
            assertRefused(node.awaitEnd(), Status.Code.RESOURCE_EXHAUSTED, "at most 100000", "maxMessageSize");
        }
    }

    @Test
    void aMessageFarAboveTheLimitIsRefusedInWordsAndCostsNoLineOfGrpcs() {
        List<LogRecord> logged = new CopyOnWriteArrayList<>();
        Logger grpc = Logger.getLogger("io.grpc");
        Handler recording = new Recording(logged);
        grpc.addHandler(recording);
        try (RawNode node = connect("route")) {
            node.open(encodedDescriptor(Encoding.JPG)).send(embedded(1, new byte[20_000_000]));
            assertRefused(node.awaitEnd(), Status.Code.RESOURCE_EXHAUSTED, "at most 100000", "maxMessageSize");
            assertThat(logged).extracting(LogRecord::getMessage).isEmpty();
        } finally {
            grpc.removeHandler(recording);
        }
    }

    private static final class Recording extends Handler {

        private final List<LogRecord> logged;

        Recording(List<LogRecord> logged) {
            this.logged = logged;
        }

        @Override
        public void publish(LogRecord line) {
            logged.add(line);
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void namesThatAreTooLongAreRefusedByTheirNames() {
        try (RawNode node = connect("route")) {
            node.send(rawDescriptor().setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName("x".repeat(90_000))));
            assertRefused(node.awaitEnd(), Status.Code.INVALID_ARGUMENT, "graph_instance_name has 90000 characters; at most 1024");
        }
    }

    @Test
    void bytesThatAreNoMessageAreRefused() throws Exception {
        assertRefused(endAfterSending(new byte[] { 1, 2, 3, 4, 5 }, null), Status.Code.INVALID_ARGUMENT, "not a MediaStreamMessage");
    }

    @Test
    void compressedMessagesAreRefusedSinceAFewBytesCouldBecomeMany() throws Exception {
        Status end = endAfterSending(message(1, rawDescriptor()).toByteArray(), "gzip");
        assertThat(end.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(end.getDescription()).contains("gzip");
    }

    @Test
    void aHandleOutsideTheDirectoryIsRefused() {
        try (RawNode node = connect("route")) {
            node.send(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("../../etc/passwd", 100)));
            assertRefused(node.awaitEnd(), Status.Code.INVALID_ARGUMENT, "handle_name '../../etc/passwd'");
        }
    }

    @Test
    void aMissingSharedMemoryFileSaysWhatToSet() {
        try (RawNode node = connect("route")) {
            node.send(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("no-such-memory", 100)));
            assertRefused(node.awaitEnd(), Status.Code.NOT_FOUND, "no-such-memory", "IPC mode");
        }
    }

    @Test
    void anotherMethodIsUnimplemented() throws Exception {
        MethodDescriptor<byte[], byte[]> other = rawMethod("Other");
        assertThat(endAfterSending(other, new byte[0], null).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    private static void assertRefused(Status end, Status.Code code, String... parts) {
        assertThat(end.getCode()).isEqualTo(code);
        assertThat(end.getDescription()).contains(parts).doesNotContain("Exception").doesNotContain("\tat ");
    }

    private Status endAfterSending(byte[] bytes, String compressor) throws Exception {
        return endAfterSending(rawMethod("ProcessMediaStream"), bytes, compressor);
    }

    private Status endAfterSending(MethodDescriptor<byte[], byte[]> method, byte[] bytes, String compressor) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port("route")).usePlaintext().build();
        try {
            CallOptions options = compressor == null ? CallOptions.DEFAULT : CallOptions.DEFAULT.withCompression(compressor);
            ClientCall<byte[], byte[]> call = channel.newCall(method, options);
            CompletableFuture<Status> end = new CompletableFuture<>();
            call.start(new ClientCall.Listener<>() {
                @Override
                public void onClose(Status status, Metadata trailers) {
                    end.complete(status);
                }
            }, new Metadata());
            call.request(10);
            call.sendMessage(bytes);
            return end.get(10, TimeUnit.SECONDS);
        } finally {
            channel.shutdownNow();
        }
    }

    private static MethodDescriptor<byte[], byte[]> rawMethod(String name) {
        return MethodDescriptor.<byte[], byte[]> newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(MediaGraphExtensionGrpc.SERVICE_NAME, name))
                .setRequestMarshaller(new Bytes()).setResponseMarshaller(new Bytes()).build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
