package io.github.camellva.grpc;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.media.LocalFiles;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.memory;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.reference;
import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong with a shared memory file costs the frames that are in it, and nothing else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SharedMemoryFaultsIT extends LvaGrpcTestSupport {

    private static final int FRAME_BYTES = 300 * 100 * 3;
    private static final int MAX_MESSAGE_SIZE = 1_000_000;

    @TempDir
    static Path memoryDirectory;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                String extension = EXTENSION + "?maxMessageSize=" + MAX_MESSAGE_SIZE + "&sharedMemoryDirectory=" + memoryDirectory;
                from(extension).routeId("extension").to("mock:frames")
                        .process(exchange -> exchange.getMessage().setBody(
                                entity("last byte " + exchange.getMessage().getBody(byte[].class)[FRAME_BYTES - 1])));
                from(extension).routeId("interrupts")
                        .process(exchange -> exchange.getMessage().setBody(
                                entity("last byte " + exchange.getMessage().getBody(byte[].class)[FRAME_BYTES - 1])))
                        .process(exchange -> Thread.currentThread().interrupt());
            }
        };
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullFileSystemFailsExchangesAtOnceAndServesAgainWhenThereIsSpace() throws Exception {
        try (var files = LocalFiles.mount(memoryDirectory, 256)) {
            Path other = Files.write(memoryDirectory.resolve("other"), new byte[200 * 1024]);
            for (int i = 0; i < 30; i++) {
                assertThat(send("extension", i).getException()).hasMessageContaining("No space left").hasMessageContaining("--shm-size");
            }
            Files.delete(other);
            assertAnswered(send("extension", 7), 7);
            context.stop();
        }
    }

    @Test
    void aFileThatSomebodyTruncatedTakesFramesAgain() throws Exception {
        assertAnswered(send("extension", 1), 1);
        try (var files = Files.newDirectoryStream(memoryDirectory, "lvagrpc-*")) {
            for (Path file : files) {
                try (RandomAccessFile others = new RandomAccessFile(file.toFile(), "rw")) {
                    others.setLength(0);
                }
            }
        }
        assertAnswered(send("extension", 2), 2);
    }

    @Test
    void aRouteThatLeavesItsThreadInterruptedGetsEveryFrame() throws Exception {
        for (int round = 0; round < 50; round++) {
            List<CompletableFuture<Exchange>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(template.asyncSend(uri("interrupts"), exchange(i)));
            }
            for (int i = 0; i < 8; i++) {
                assertAnswered(sent.get(i).get(10, TimeUnit.SECONDS), i);
            }
        }
    }

    @Test
    void anEncodedPictureAboveMaxMessageSizeDoesNotReachTheRoute() throws Exception {
        try (RandomAccessFile sparse = new RandomAccessFile(memoryDirectory.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(Integer.MAX_VALUE);
        }
        try (RawNode node = connect("extension")) {
            node.open(encodedDescriptor(Encoding.JPG).setSharedMemoryBufferTransferProperties(memory("sparse", Integer.MAX_VALUE)));
            for (long length : new long[] { Integer.MAX_VALUE, 300_000_000, MAX_MESSAGE_SIZE + 1, -1 }) {
                MediaStreamMessage answer = node.send(reference(1, 0, length)).receive();
                assertThat(answer.getMediaSample().getInferencesList()).as("nothing found in %d bytes", length).isEmpty();
            }
            node.send(reference(1, 0, MAX_MESSAGE_SIZE)).receive();
        }
        assertThat(getMockEndpoint("mock:frames").getExchanges()).hasSize(1);
    }

    private Exchange send(String route, int seed) {
        return template.send(uri(route), exchange(seed));
    }

    private Exchange exchange(int seed) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(pixels(FRAME_BYTES, seed));
        return exchange;
    }

    private String uri(String route) {
        return "lvagrpc:127.0.0.1:" + port(route) + "?dataTransfer=sharedMemory&sharedMemorySizeMiB=1&pixelFormat=BGR24&width=300"
               + "&height=100&sharedMemoryDirectory=" + memoryDirectory;
    }

    private static void assertAnswered(Exchange exchange, int seed) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody())
                .isEqualTo(List.of(entity("last byte " + pixels(FRAME_BYTES, seed)[FRAME_BYTES - 1])));
    }
}
