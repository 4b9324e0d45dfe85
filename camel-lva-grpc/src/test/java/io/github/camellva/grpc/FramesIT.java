package io.github.camellva.grpc;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.inferencesOnlyDescriptor;
import static io.github.camellva.grpc.Messages.message;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.reference;
import static io.github.camellva.grpc.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;

/** What a route is given for each frame, and over real gRPC. */
class FramesIT extends LvaGrpcTestSupport {

    @TempDir
    static Path memoryDirectory;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION + "?sharedMemoryDirectory=" + memoryDirectory).routeId("copy").to("mock:frame");
                from(EXTENSION + "?sharedMemoryAccess=map&sharedMemoryDirectory=" + memoryDirectory).routeId("map")
                        // while the exchange lasts: the region is the sender's again afterwards
                        .process(exchange -> exchange.setProperty("bytes", exchange.getMessage().getBody(byte[].class)))
                        .to("mock:frame");
                from(EXTENSION).routeId("readTwice").process(FramesIT::readTwice).to("mock:frame");
                from(EXTENSION).routeId("logged").streamCache("true").convertBodyTo(byte[].class)
                        .setProperty("first", body()).process(exchange -> exchange.getMessage().setBody(null)).to("mock:frame");
                from(EXTENSION).routeId("multicast")
                        .multicast().to("direct:reads").to("direct:reads").end().to("mock:frame");
                from("direct:reads").process(exchange -> exchange.getMessage().getBody(byte[].class)).to("mock:copies");
            }
        };
    }

    @Test
    void everyHeaderIsThere() {
        try (RawNode node = connect("copy")) {
            node.open(rawDescriptor(PixelFormat.BGR24, 4, 2, 16)).send(
                    message(9, embedded(145892470449324L, pixels(32, 1)).addInferences(entity("upstream"))));
            node.receive();
        }
        Message frame = receivedFrame();
        assertThat(frame.getHeader("CamelLvaGrpcSessionId", String.class)).matches("[0-9a-f]{16}");
        assertThat(frame.getHeader("CamelLvaGrpcSequenceNumber")).isEqualTo(9L);
        assertThat(frame.getHeader("CamelLvaGrpcTimestamp")).isEqualTo(145892470449324L);
        assertThat(frame.getHeader("CamelLvaGrpcTimescale")).isEqualTo(90000);
        assertThat(frame.getHeader("CamelLvaGrpcGraphInstanceName")).isEqualTo("camera-1");
        assertThat(frame.getHeader("CamelLvaGrpcGraphNodeName")).isEqualTo("extension");
        assertThat(frame.getHeader("CamelLvaGrpcMediaServicesArmId")).isEqualTo("/subscriptions/s/account");
        assertThat(frame.getHeader("CamelLvaGrpcExtensionConfiguration")).isEqualTo("model=yolo");
        assertThat(frame.getHeader("CamelLvaGrpcEncoding")).isEqualTo("RAW");
        assertThat(frame.getHeader("CamelLvaGrpcPixelFormat")).isEqualTo("BGR24");
        assertThat(frame.getHeader("CamelLvaGrpcWidth")).isEqualTo(4);
        assertThat(frame.getHeader("CamelLvaGrpcHeight")).isEqualTo(2);
        assertThat(frame.getHeader("CamelLvaGrpcStrideBytes")).isEqualTo(16);
        assertThat(frame.getHeader("CamelLvaGrpcDataTransfer")).isEqualTo("embedded");
        assertThat(frame.getHeader("CamelLvaGrpcInferences")).isEqualTo(List.of(entity("upstream")));
        assertThat(frame.getHeader("CamelLvaGrpcRemoteAddress", String.class)).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(frame.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/octet-stream");
        assertThat(frame.getExchange().getPattern()).isEqualTo(ExchangePattern.InOut);
    }

    @Test
    void theBodyIsAReadOnlyBufferFromPosition0ToTheFramesLength() {
        try (RawNode node = connect("copy")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES + 5, 7)));
            node.receive();
        }
        ByteBuffer body = (ByteBuffer) receivedFrame().getBody();
        assertThat(body.isReadOnly()).isTrue();
        assertThat(body.position()).isZero();
        assertThat(body.limit()).isEqualTo(FRAME_BYTES);
        assertThat(body).isEqualTo(ByteBuffer.wrap(Arrays.copyOf(pixels(FRAME_BYTES + 5, 7), FRAME_BYTES)));
    }

    @Test
    void framesThatComeBeforeTheDescriptorIsAnsweredAreServed() {
        try (RawNode node = connect("copy")) {
            node.send(rawDescriptor());
            for (int i = 0; i < 20; i++) {
                node.send(embedded(i, pixels(FRAME_BYTES, i)));
            }
            assertThat(node.receive().hasMediaStreamDescriptor()).isTrue();
            for (long number = 2; number <= 21; number++) {
                assertThat(node.receive().getAckSequenceNumber()).isEqualTo(number);
            }
        }
    }

    @Test
    void theEffectiveStrideIsGivenWhenTheNodeSendsNone() {
        try (RawNode node = connect("copy")) {
            node.open(rawDescriptor(PixelFormat.RGB24, 4, 2, 0)).send(embedded(1, pixels(24, 7)));
            node.receive();
        }
        assertThat(receivedFrame().getHeader(LvaGrpcConstants.STRIDE_BYTES)).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({ "JPG,image/jpeg", "PNG,image/png", "BMP,image/bmp" })
    void encodedPicturesComeWithTheirContentType(Encoding encoding, String contentType) {
        try (RawNode node = connect("copy")) {
            node.open(encodedDescriptor(encoding)).send(embedded(1, pixels(99, 7)));
            node.receive();
        }
        assertThat(receivedFrame().getHeader(Exchange.CONTENT_TYPE)).isEqualTo(contentType);
        assertThat(receivedFrame().getHeader(LvaGrpcConstants.ENCODING)).isEqualTo(encoding.name());
        assertThat(receivedFrame().getBody(byte[].class)).isEqualTo(pixels(99, 7));
    }

    @ParameterizedTest
    @EnumSource(names = { "NONE", "UNRECOGNIZED" }, mode = EnumSource.Mode.EXCLUDE)
    void everyPixelFormatIsServed(PixelFormat pixelFormat) {
        try (RawNode node = connect("copy")) {
            node.open(rawDescriptor(pixelFormat, 5, 3, 0)).send(embedded(1, pixels(100, 7)));
            node.receive();
        }
        assertThat(receivedFrame().getHeader(LvaGrpcConstants.PIXEL_FORMAT)).isEqualTo(pixelFormat.name());
    }

    @Test
    void aSampleWithoutContentHasNoBody() {
        try (RawNode node = connect("copy")) {
            node.open(inferencesOnlyDescriptor()).send(sample(5).addInferences(entity("a")));
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(2);
        }
        Message frame = receivedFrame();
        assertThat(frame.getBody()).isNull();
        assertThat(frame.getHeader(LvaGrpcConstants.DATA_TRANSFER)).isEqualTo("none");
        assertThat(frame.getHeader(LvaGrpcConstants.INFERENCES)).isEqualTo(List.of(entity("a")));
        assertThat(frame.getHeaders()).doesNotContainKeys(
                LvaGrpcConstants.ENCODING, LvaGrpcConstants.WIDTH, LvaGrpcConstants.GRAPH_INSTANCE_NAME,
                LvaGrpcConstants.EXTENSION_CONFIGURATION, Exchange.CONTENT_TYPE);
    }

    @Test
    void inferencesAreAbsentWhenUpstreamFoundNothing() {
        try (RawNode node = connect("copy")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 7)));
            node.receive();
        }
        assertThat(receivedFrame().getHeaders()).doesNotContainKey(LvaGrpcConstants.INFERENCES);
    }

    @Test
    void framesInSharedMemoryAreCopied() throws Exception {
        byte[] memory = pixels(3 * FRAME_BYTES, 5);
        Files.write(memoryDirectory.resolve("copied"), memory);
        try (RawNode node = connect("copy")) {
            node.open(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("copied", memory.length)))
                    .send(reference(1, FRAME_BYTES, FRAME_BYTES + 1));
            node.receive();
        }
        Files.write(memoryDirectory.resolve("copied"), new byte[memory.length]);
        assertThat(receivedFrame().getBody(byte[].class))
                .as("the exchange's own").isEqualTo(Arrays.copyOfRange(memory, FRAME_BYTES, 2 * FRAME_BYTES));
        assertThat(receivedFrame().getHeader(LvaGrpcConstants.DATA_TRANSFER)).isEqualTo("sharedMemory");
    }

    @Test
    void framesInSharedMemoryAreMapped() throws Exception {
        byte[] memory = pixels(3 * FRAME_BYTES, 5);
        Files.write(memoryDirectory.resolve("mapped"), memory);
        try (RawNode node = connect("map")) {
            node.open(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("mapped", memory.length)))
                    .send(reference(1, FRAME_BYTES, FRAME_BYTES));
            node.receive();
        }
        assertThat(receivedFrame().getExchange().getProperty("bytes", byte[].class))
                .isEqualTo(Arrays.copyOfRange(memory, FRAME_BYTES, 2 * FRAME_BYTES));
    }

    @Test
    void theBodyCanBeReadAndConvertedAnyNumberOfTimes() {
        byte[] frame = "any bytes that are text!".getBytes(StandardCharsets.UTF_8);
        assertThat(frame).hasSize(FRAME_BYTES);
        try (RawNode node = connect("readTwice")) {
            node.open(rawDescriptor()).send(embedded(1, frame));
            assertThat(node.receive().getMediaSample().getInferencesList()).isEmpty();
        }
        List<?> read = receivedFrame().getExchange().getProperty("read", List.class);
        assertThat(read).hasSize(8).allSatisfy(bytes -> assertThat((byte[]) bytes).isEqualTo(frame));
    }

    @Test
    void copiesOfAnExchangeReadTheFrameIndependently() {
        byte[] frame = pixels(FRAME_BYTES, 7);
        try (RawNode node = connect("multicast")) {
            node.open(rawDescriptor()).send(embedded(1, frame));
            assertThat(node.receive().getMediaSample().getInferencesList()).isEmpty();
        }
        MockEndpoint copies = getMockEndpoint("mock:copies");
        assertThat(copies.getExchanges()).hasSize(2)
                .allSatisfy(copy -> assertThat(copy.getMessage().getBody(byte[].class)).isEqualTo(frame));
        assertThat(receivedFrame().getBody(byte[].class)).isEqualTo(frame);
    }

    @Test
    void convertingTheBodyKeepsTheBytes() {
        try (RawNode node = connect("logged")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 7)));
            node.receive();
        }
        assertThat(receivedFrame().getExchange().getProperty("first", byte[].class)).isEqualTo(pixels(FRAME_BYTES, 7));
    }

    private static void readTwice(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        List<byte[]> read = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            read.add(message.getBody(byte[].class));
            read.add(message.getBody(InputStream.class).readAllBytes());
            read.add(message.getBody(String.class).getBytes(StandardCharsets.UTF_8));
            ByteBuffer buffer = message.getMandatoryBody(ByteBuffer.class);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            read.add(bytes);
        }
        exchange.setProperty("read", read);
    }

    private Message receivedFrame() {
        return getMockEndpoint("mock:frame").getExchanges().get(0).getMessage();
    }
}
