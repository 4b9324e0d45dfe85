package io.github.camellva.grpc;

import java.nio.file.Path;

import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** What the options of an endpoint mean to a consumer. */
final class ConsumerOptions {

    private ConsumerOptions() {
    }

    /** @throws IllegalArgumentException naming an option that cannot be served, its value, and what is accepted */
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
                configuration.isSharedMemory() ? Path.of(configuration.getSharedMemoryDirectory()) : null,
                Options.choice("sharedMemoryAccess", configuration.getSharedMemoryAccess(), SharedMemoryAccess.class),
                Options.choice("onFailure", configuration.getOnFailure(), OnFailure.class),
                configuration.isMuteException() ? failure -> "the extension could not process it" : String::valueOf,
                meters);
    }
}
