package io.github.camellva.grpc.client;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.LvaGrpcTestSupport;
import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.TestNode;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;

/** Our node and our extension, with one another. */
class NodeConnectionIT extends LvaGrpcTestSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path directory;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String access : List.of("copy", "map")) {
                    from(EXTENSION + "?sharedMemoryAccess=" + access + "&sharedMemoryDirectory=" + directory).routeId(access)
                            .process(exchange -> {
                                ByteBuffer frame = exchange.getMessage().getBody(ByteBuffer.class);
                                exchange.getMessage().setBody(entity("first byte " + frame.get(0) + " last " + frame.get(frame.limit() - 1)));
                            });
                }
            }
        };
    }

    @Test
    void manyEmbeddedFramesAreAnsweredEachWithItsOwn() throws Exception {
        try (TestNode connection = TestNode.plaintext("127.0.0.1", port("copy"))) {
            NodeSession session = connection.open(rawDescriptor().build(), null, 4, PATIENCE);
            assertThat(session.opened().get(10, TimeUnit.SECONDS).getExtensionIdentifier()).isEqualTo("camel-lva-grpc");
            sendAndCheck(session, 500);
            assertThat(session.finish().get(10, TimeUnit.SECONDS)).isEqualTo(Status.OK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "copy", "map" })
    void aBufferOfJustTheFramesInFlightServesManyAndNoSlotIsLost(String access) throws Exception {
        try (TestNode connection = TestNode.plaintext("127.0.0.1", port(access));
             SharedMemorySender memory = SharedMemorySender.create(
                     directory, 4 * FRAME_BYTES, PosixFilePermissions.fromString("rw-rw-rw-"))) {
            NodeSession session = connection.open(rawDescriptor().build(), memory, 4, PATIENCE);
            sendAndCheck(session, 3000);
            assertThat(memory.freeBytes()).isEqualTo(4 * FRAME_BYTES);
            session.finish().get(10, TimeUnit.SECONDS);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void severalSessionsShareAConnection() throws Exception {
        try (TestNode connection = TestNode.plaintext("127.0.0.1", port("copy"))) {
            List<NodeSession> sessions = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sessions.add(connection.open(rawDescriptor().build(), null, 4, PATIENCE));
            }
            for (NodeSession session : sessions) {
                sendAndCheck(session, 20);
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        int port = port("copy");
        context.getRouteController().stopRoute("copy");
        try (TestNode connection = TestNode.plaintext("127.0.0.1", port)) {
            NodeSession session = connection.open(rawDescriptor().build(), null, 4, PATIENCE);
            assertThat(session.ended().get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    private static void sendAndCheck(NodeSession session, int frames) throws Exception {
        List<CompletableFuture<MediaStreamMessage>> answers = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            answers.add(TestNode.sendWhenRoom(session, i, ByteBuffer.wrap(pixels(FRAME_BYTES, i)), PATIENCE));
        }
        for (int i = 0; i < frames; i++) {
            byte[] frame = pixels(FRAME_BYTES, i);
            MediaStreamMessage answer = answers.get(i).get(10, TimeUnit.SECONDS);
            assertThat(answer.getMediaSample().getTimestamp()).isEqualTo(i);
            assertThat(answer.getMediaSample().getInferencesList())
                    .containsExactly(Messages.entity("first byte " + frame[0] + " last " + frame[FRAME_BYTES - 1]));
        }
    }
}
