package io.github.camellva.tools.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camellva.grpc.TestCertificates;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.TestExtension;
import io.github.camellva.tools.peer.Address;
import io.github.camellva.tools.peer.ExtensionConnection;
import io.github.camellva.tools.peer.Security;
import io.github.camellva.tools.recording.Entry;
import io.github.camellva.tools.recording.RecordTarget;
import io.github.camellva.tools.recording.v1.Record;
import io.github.camellva.tools.recording.v1.SessionEnded;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the relay does to a session, on real sockets: nothing that the node would notice. */
class RelayTest {

    private static final int FRAME_BYTES = 600_000;
    private static final int MAX_WAITING_BYTES = 4 << 20;

    @TempDir
    private Path directory;
    private final List<Record> written = new ArrayList<>();
    /** Messages that stood beside their records. */
    private final List<MediaStreamMessage> beside = new ArrayList<>();
    private final CountDownLatch disk = new CountDownLatch(1);
    private final Recorder recorder = new Recorder(new Disk(), MAX_WAITING_BYTES, () -> 7);
    private Relay relay;

    @AfterEach
    void endIt() throws Exception {
        if (relay != null) {
            relay.close();
        }
        disk.countDown();
        recorder.close();
    }

    @Test
    void aDiskThatStandsStillDoesNotHoldUpTheSession() throws Exception {
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            start(extension.address());
            assertThat(send(30)).isEqualTo(30);
            assertThat(recorder.leftOut()).isGreaterThan(20);
        }
        finish();
        assertThat(recorder.waitingBytes()).isZero();
        assertThat(written.stream().filter(Record::hasLeftOut).mapToLong(record -> record.getLeftOut().getMessages()).sum())
                .isEqualTo(recorder.leftOut());
    }

    @Test
    void largeFramesAreWrittenAsTheyWereSent() throws Exception {
        disk.countDown();
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            start(extension.address());
            assertThat(send(4)).isEqualTo(4);
        }
        finish();
        assertThat(beside).extracting(MediaStreamMessage::getSequenceNumber).containsExactly(2L, 3L, 4L, 5L);
        assertThat(beside).extracting(message -> message.getMediaSample().getContentBytes().getBytes().asReadOnlyByteBuffer())
                .containsExactly(frame(0), frame(1), frame(2), frame(3));
        assertThat(recorder.waitingBytes()).isZero();
    }

    @Test
    void theExtensionMayWantTlsAndCredentials() throws Exception {
        disk.countDown();
        TestCertificates certificates = new TestCertificates(directory).make("extension");
        AtomicReference<String> seen = new AtomicReference<>();
        try (TestExtension extension = new TestExtension(
                tls(certificates),
                new Seeing(seen), sample -> List.of())) {
            start(extension.address(), "--trust", certificates.path("extension.crt").toString(),
                    "--username", "node", "--password", "x");
            assertThat(send(3)).isEqualTo(3);
            assertThat(seen.get()).isEqualTo(extension.address() + " Basic bm9kZTp4");
        }
        finish();
        assertThat(beside).hasSize(3);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTrusted() throws Exception {
        disk.countDown();
        TestCertificates certificates = new TestCertificates(directory).make("extension").make("other");
        try (TestExtension extension = new TestExtension(
                tls(certificates),
                new TestExtension.Passing(), sample -> List.of())) {
            start(extension.address(), "--trust", certificates.path("other.crt").toString());
            assertThatThrownBy(() -> send(1)).hasMessageContaining("takes no session");
            assertThat(relay.problem()).contains("cannot be reached");
        }
        finish();
        assertThat(ends()).isNotEmpty().extracting(SessionEnded::getStatusCode).containsOnly(Status.Code.UNAVAILABLE.value());
    }

    @Test
    void messagesThatAreCompressedAreWrittenAsTheyAre() throws Exception {
        disk.countDown();
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            start(extension.address());
            sendCompressed();
        }
        finish();
        assertThat(written.stream().filter(Record::hasMessage).map(record -> record.getMessage().getMessage()))
                .anySatisfy(message -> assertThat(message.getMediaStreamDescriptor().getExtensionConfiguration())
                        .isEqualTo("x".repeat(100_000)));
    }

    @Test
    void howTheExtensionEndsASessionIsWhatTheNodeHearsAndIsRecorded() throws Exception {
        disk.countDown();
        Status refusal = Status.INVALID_ARGUMENT.withDescription("no 50 % grey, and no Grün");
        try (TestExtension extension = new TestExtension(
                InsecureServerCredentials.create(), new Refusing(refusal), sample -> List.of())) {
            start(extension.address());
            assertThatThrownBy(() -> send(1)).hasMessageContaining("no 50 % grey, and no Grün");
        }
        finish();
        assertThat(ends()).singleElement().satisfies(end -> {
            assertThat(end.getStatusCode()).isEqualTo(Status.Code.INVALID_ARGUMENT.value());
            assertThat(end.getStatusDescription()).isEqualTo("no 50 % grey, and no Grün");
        });
    }

    @Test
    void anExtensionThatDiesEndsTheSessionForTheNodeToo() throws Exception {
        disk.countDown();
        TestExtension extension = new TestExtension(sample -> List.of());
        start(extension.address());
        try (ExtensionConnection node = new ExtensionConnection(new Address("localhost", relay.port()), new Security())) {
            NodeSession session = node.open(MediaStreamDescriptor.getDefaultInstance(), null, 2, Duration.ofSeconds(10));
            session.send(1, frame(0), List.of()).get(10, TimeUnit.SECONDS);
            extension.close();
            assertThat(session.ended().get(10, TimeUnit.SECONDS).isOk()).isFalse();
        } finally {
            extension.close();
        }
        finish();
        assertThat(ends()).hasSize(1);
    }

    private void start(String extension, String... options) {
        Security security = new Security();
        CommandLine.populateCommand(security, options);
        recorder.start();
        relay = new Relay(new Address("localhost", 0), new Address.Converter().convert(extension), security, node -> {
            SessionTap tap = new SessionTap(1, recorder, () -> 7, directory, 1 << 24, () -> { });
            return tap.began(node) ? tap : null;
        });
    }

    private static ServerCredentials tls(TestCertificates certificates) throws IOException {
        return TlsServerCredentials.create(
                certificates.path("extension.crt").toFile(), certificates.path("extension.key").toFile());
    }

    private void finish() throws Exception {
        relay.close();
        disk.countDown();
        recorder.close();
    }

    private int send(int frames) throws Exception {
        List<CompletableFuture<MediaStreamMessage>> answers = new ArrayList<>();
        try (ExtensionConnection node = new ExtensionConnection(new Address("localhost", relay.port()), new Security())) {
            NodeSession session = node.open(MediaStreamDescriptor.getDefaultInstance(), null, 4, Duration.ofSeconds(10));
            for (int i = 0; i < frames; i++) {
                answers.add(session.send(i, frame(i), List.of()));
                if (i >= 3) {
                    answers.get(i - 3).get(10, TimeUnit.SECONDS);
                }
            }
            for (CompletableFuture<MediaStreamMessage> answer : answers) {
                answer.get(10, TimeUnit.SECONDS);
            }
            session.finish().get(10, TimeUnit.SECONDS);
        }
        return answers.size();
    }

    private void sendCompressed() throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", relay.port()).usePlaintext().build();
        try {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            StreamObserver<MediaStreamMessage> toExtension = MediaGraphExtensionGrpc.newStub(channel).withCompression("gzip")
                    .processMediaStream(new StreamObserver<>() {

                        @Override
                        public void onNext(MediaStreamMessage answer) {
                            // its descriptor
                        }

                        @Override
                        public void onError(Throwable failure) {
                            ended.completeExceptionally(failure);
                        }

                        @Override
                        public void onCompleted() {
                            ended.complete(null);
                        }
                    });
            toExtension.onNext(MediaStreamMessage.newBuilder().setSequenceNumber(1).setMediaStreamDescriptor(
                    MediaStreamDescriptor.newBuilder().setExtensionConfiguration("x".repeat(100_000))).build());
            toExtension.onCompleted();
            ended.get(10, TimeUnit.SECONDS);
        } finally {
            channel.shutdownNow();
        }
    }

    private List<SessionEnded> ends() {
        return written.stream().filter(Record::hasSessionEnded).map(Record::getSessionEnded).toList();
    }

    private static ByteBuffer frame(int number) {
        byte[] frame = new byte[FRAME_BYTES];
        new Random(number).nextBytes(frame);
        return ByteBuffer.wrap(frame);
    }

    /** Tells whom the call was for, and with which credentials. */
    private static final class Seeing extends TestExtension.Passing {

        private final AtomicReference<String> seen;

        Seeing(AtomicReference<String> seen) {
            this.seen = seen;
        }

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            seen.set(call.getAuthority() + " "
                     + headers.get(Metadata.Key.of("x-ms-authentication", Metadata.ASCII_STRING_MARSHALLER)));
            return super.interceptCall(call, headers, next);
        }
    }

    /** Ends every call with a status. */
    private static final class Refusing extends TestExtension.Passing {

        private final Status status;

        Refusing(Status status) {
            this.status = status;
        }

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            call.close(status, new Metadata());
            return new ServerCall.Listener<>() { };
        }
    }

    /** Stands still until it is let. */
    private final class Disk implements RecordTarget {

        @Override
        public void write(Entry entry) throws IOException {
            try {
                disk.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            written.add(entry.record());
            if (!entry.message().isEmpty()) {
                // a copy, as on a disk
                beside.add(MediaStreamMessage.parseFrom(entry.message().toByteArray()));
            }
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
