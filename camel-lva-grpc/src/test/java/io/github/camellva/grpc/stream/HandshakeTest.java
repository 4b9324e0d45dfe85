package io.github.camellva.grpc.stream;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.message;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandshakeTest {

    private final SessionFixture fixture = new SessionFixture();

    @TempDir
    Path directory;

    @Test
    void theReplyHasNumber1AcksTheDescriptorAndNamesTheExtensionAndTheTimescale() {
        fixture.send(message(17, rawDescriptor()));
        assertThat(fixture.call.sent).singleElement().satisfies(reply -> {
            assertThat(reply.getSequenceNumber()).isEqualTo(1);
            assertThat(reply.getAckSequenceNumber()).isEqualTo(17);
            assertThat(reply.getMediaStreamDescriptor().getExtensionIdentifier()).isEqualTo("test-extension");
            assertThat(reply.getMediaStreamDescriptor().getMediaDescriptor().getTimescale()).isEqualTo(90000);
        });
    }

    @Test
    void onlyTheDescriptorIsAskedForAtFirstAndFramesWhenItIsAnsweredTheFirstOfWhichTellsHowLargeTheyAre() {
        fixture.session();
        assertThat(fixture.call.requested).isEqualTo(1);
        fixture.opened();
        assertThat(fixture.call.requested).isEqualTo(1 + 1);
        fixture.sendFrames(1);
        assertThat(fixture.call.requested).isEqualTo(1 + fixture.maxInFlight);
    }

    @Test
    void framesThatCameBeforeTheReplyWasOutAreServed() {
        fixture.session().onMessage(Received.of(message(1, rawDescriptor())));
        assertThat(fixture.call.sent).as("the reply is not out").isEmpty();
        fixture.route.runTasks();
        fixture.sendFrames(0).send(message(2, Messages.embedded(5, Messages.pixels(Messages.FRAME_BYTES, 1))));
        fixture.route.found(2, "car");
        assertThat(fixture.call.acks()).containsExactly(2L);
    }

    @Test
    void aFirstMessageThatIsNoDescriptorIsRefusedNamingWhatItWas() {
        fixture.send(message(1, sample(5)));
        assertClosed(Status.Code.INVALID_ARGUMENT, "media_sample", "must carry a media_stream_descriptor");
    }

    @Test
    void aFirstMessageWithoutPayloadIsRefused() {
        fixture.send(MediaStreamMessage.newBuilder().setSequenceNumber(1).build());
        assertClosed(Status.Code.INVALID_ARGUMENT, "no payload");
    }

    @Test
    void aSecondDescriptorIsRefused() {
        fixture.opened().send(message(2, rawDescriptor()));
        assertClosed(Status.Code.INVALID_ARGUMENT, "second media_stream_descriptor", "new session");
    }

    @Test
    void aMalformedMessageEndsTheSessionWithWhatTheMarshallerSaid() {
        fixture.opened().refuse(Status.RESOURCE_EXHAUSTED.withDescription("too large"));
        assertClosed(Status.Code.RESOURCE_EXHAUSTED, "too large");
    }

    @Test
    void anEncodingThatIsNotServedIsRefusedNamingThoseThatAre() {
        fixture.opened(encodedDescriptor(Encoding.PNG));
        assertClosed(Status.Code.INVALID_ARGUMENT, "encoding PNG", "JPG, RAW");
    }

    @Test
    void aPixelFormatThatIsNotServedIsRefusedNamingThoseThatAre() {
        fixture.opened(rawDescriptor(PixelFormat.RGBA, 4, 4, 0));
        assertClosed(Status.Code.INVALID_ARGUMENT, "pixel_format RGBA", "YUV420P, BGR24");
    }

    @Test
    void framesAboveTheLargestMessageAreRefusedAtOnce() {
        fixture.opened(rawDescriptor(PixelFormat.BGR24, 2048, 2048, 0));
        assertClosed(Status.Code.INVALID_ARGUMENT, "2048 x 2048", "8388608");
    }

    @Test
    void aTimescaleThatDoesNotFitIsRefused() {
        MediaStreamDescriptor.Builder descriptor = rawDescriptor();
        descriptor.getMediaDescriptorBuilder().setTimescale(-1);
        fixture.opened(descriptor);
        assertClosed(Status.Code.INVALID_ARGUMENT, "timescale 4294967295");
    }

    @Test
    void sharedMemoryThatIsSwitchedOffNamesEmbeddedTransferAsTheWayOut() {
        fixture.opened(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("handle", 100)));
        assertClosed(Status.Code.INVALID_ARGUMENT, "switched off", "embedded");
    }

    @Test
    void sharedMemoryThatIsMissingSaysWhatToSet() {
        fixture.sharedMemoryDirectory = directory;
        fixture.opened(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("handle", 100)));
        assertClosed(Status.Code.NOT_FOUND, "'handle' cannot be opened", "IPC mode");
    }

    @Test
    void aHandleThatLeavesTheDirectoryIsRefused() throws Exception {
        fixture.sharedMemoryDirectory = Files.createDirectory(directory.resolve("shm"));
        Files.createFile(directory.resolve("outside"));
        fixture.opened(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("../outside", 100)));
        assertClosed(Status.Code.INVALID_ARGUMENT, "handle_name '../outside'");
    }

    @Test
    void aNodeThatNeverSaysWhoItIsLosesItsPlace() {
        fixture.session();
        fixture.time.advance(SessionFixture.HANDSHAKE_TIMEOUT.minusNanos(1));
        assertThat(fixture.call.closed).isNull();
        fixture.time.advance(Duration.ofNanos(1));
        assertClosed(Status.Code.DEADLINE_EXCEEDED, "media_stream_descriptor");
    }

    @Test
    void theTimeoutLeavesAnOpenSessionAlone() {
        fixture.opened();
        assertThat(fixture.time.pending()).as("the one that ends idle sessions").isEqualTo(1);
        fixture.time.advance(SessionFixture.HANDSHAKE_TIMEOUT);
        assertThat(fixture.call.closed).isNull();
    }

    @Test
    void sharedMemoryOfThisMachineAloneIsRefusedToOthersNamingTheWayOut() throws Exception {
        offerLocalMemory();
        fixture.peer = new InetSocketAddress("203.0.113.7", 5);
        fixture.opened(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("handle", 100)));
        assertClosed(Status.Code.INVALID_ARGUMENT, "203.0.113.7:5", "use embedded transfer");
    }

    @Test
    void sharedMemoryOfThisMachineAloneIsTakenFromAllItsAddresses() throws Exception {
        offerLocalMemory();
        fixture.peer = new InetSocketAddress(anyAddressOfThisMachine(), 5);
        fixture.opened(rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("handle", 100)));
        assertThat(fixture.call.closed).isNull();
        assertThat(fixture.call.sent).hasSize(1);
        fixture.session().onCallEnded();
    }

    private void offerLocalMemory() throws IOException {
        fixture.sharedMemoryDirectory = directory;
        fixture.sharedMemoryUse = SharedMemoryUse.LOCAL;
        Files.write(directory.resolve("handle"), new byte[100]);
    }

    /** The last one, which is most often not that of the loopback. */
    private static InetAddress anyAddressOfThisMachine() throws SocketException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).filter(Inet4Address.class::isInstance)
                .reduce((first, second) -> second).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = { "graph_instance_name", "graph_node_name", "media_services_arm_id" })
    void aNameThatIsTooLongIsRefusedByItsNameAndLength(String field) {
        fixture.opened(named(field, "x".repeat(SessionFixture.MAX_NAME + 1)));
        assertClosed(Status.Code.INVALID_ARGUMENT, field + " has 101 characters; at most 100 are accepted", "maxNameLength");
    }

    @ParameterizedTest
    @ValueSource(strings = { "graph_instance_name", "graph_node_name", "media_services_arm_id" })
    void aNameThatIsAsLongAsAllowedIsTaken(String field) {
        fixture.opened(named(field, "x".repeat(SessionFixture.MAX_NAME)));
        assertThat(fixture.call.sent).hasSize(1);
    }

    @Test
    void aConfigurationThatIsTooLongIsRefusedByItsNameAndLength() {
        fixture.opened(rawDescriptor().setExtensionConfiguration("x".repeat(SessionFixture.MAX_CONFIGURATION + 1)));
        assertClosed(Status.Code.INVALID_ARGUMENT, "extension_configuration has 1001 characters; at most 1000 are accepted",
                "maxConfigurationLength");
    }

    private static MediaStreamDescriptor.Builder named(String field, String name) {
        GraphIdentifier.Builder graph = GraphIdentifier.newBuilder();
        graph.setField(GraphIdentifier.getDescriptor().findFieldByName(field), name);
        return rawDescriptor().setGraphIdentifier(graph);
    }

    @Test
    void aNodeThatFinishesDuringTheHandshakeStillGetsItsReply() {
        fixture.session().onMessage(Received.of(message(1, rawDescriptor())));
        fixture.session().onHalfClose();
        assertThat(fixture.call.closed).isNull();
        fixture.route.runTasks();
        assertThat(fixture.call.sent).hasSize(1);
        assertThat(fixture.call.closed.isOk()).isTrue();
    }

    @Test
    void aNodeThatFinishesDuringAHandshakeThatFailsIsToldWhy() {
        fixture.session().onMessage(Received.of(message(1, encodedDescriptor(Encoding.PNG))));
        fixture.session().onHalfClose();
        fixture.route.runTasks();
        assertClosed(Status.Code.INVALID_ARGUMENT, "encoding PNG");
    }

    @Test
    void aNodeThatIsGoneBeforeTheHandshakeIsDoneLeavesNothingOpen() throws Exception {
        fixture.sharedMemoryDirectory = directory;
        Files.write(directory.resolve("handle"), new byte[100]);
        fixture.session().onMessage(Received.of(
                message(1, rawDescriptor().setSharedMemoryBufferTransferProperties(Messages.memory("handle", 100)))));
        fixture.session().onCallEnded();
        fixture.route.runTasks();
        assertThat(fixture.call.sent).isEmpty();
        assertThatExceptionOfType(FrameException.class).as("closed now").isThrownBy(() -> fixture.memory.read(0, 1));
        assertThat(fixture.timesClosed).isEqualTo(1);
    }

    private void assertClosed(Status.Code code, String... parts) {
        assertThat(fixture.call.closed).as("the end of the call").isNotNull();
        assertThat(fixture.call.closed.getCode()).isEqualTo(code);
        assertThat(fixture.call.closed.getDescription()).contains(parts);
        assertThat(fixture.timesClosed).isEqualTo(1);
    }
}
