package io.github.camellva.grpc;

import java.nio.file.Path;
import java.time.Duration;

import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.Failures;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.stream.SharedMemoryOpener;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** What the options of an endpoint mean to a consumer. */
final class ConsumerOptions {

    /** Ample: published nodes send their descriptor at once. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);

    private ConsumerOptions() {
    }

    /** @throws IllegalArgumentException naming the invalid option, its value, and what is accepted */
    static SessionSettings sessionSettings(LvaGrpcConfiguration configuration, PipelineMeters meters) {
        Options.requireValid(configuration);
        Options.requireRange("port", configuration.getPort(), 0, 65535);
        if (configuration.getTrustCertCollectionResource() != null && configuration.getKeyCertChainResource() == null) {
            throw new IllegalArgumentException(
                    "trustCertCollectionResource needs keyCertChainResource and keyResource as well: without a certificate of its own"
                                               + " the extension cannot speak TLS");
        }
        return new SessionSettings(
                configuration.getExtensionIdentifier(), configuration.getMaxMessageSize(), configuration.getMaxInFlight(),
                Options.choice("overflow", configuration.getOverflow(), Overflow.class),
                configuration.isOrdered() ? AnswerOrder.REQUEST : AnswerOrder.COMPLETION,
                Options.several("encodings", configuration.getEncodings(), Options.ENCODINGS, Encoding::name),
                Options.several("pixelFormats", configuration.getPixelFormats(), Options.PIXEL_FORMATS, PixelFormat::name),
                sharedMemory(configuration),
                Options.choice("onFailure", configuration.getOnFailure(), OnFailure.class),
                configuration.isMuteException() ? failure -> "the extension could not process it" : Failures::describe,
                HANDSHAKE_TIMEOUT, meters);
    }

    private static SharedMemoryOpener sharedMemory(LvaGrpcConfiguration configuration) {
        Path directory = Path.of(configuration.getSharedMemoryDirectory());
        SharedMemoryAccess access
                = Options.choice("sharedMemoryAccess", configuration.getSharedMemoryAccess(), SharedMemoryAccess.class);
        return configuration.isSharedMemory()
                ? (handleName, lengthBytes) -> SharedMemory.open(
                        directory, handleName, lengthBytes, access, configuration.getMaxMessageSize())
                : null;
    }
}
