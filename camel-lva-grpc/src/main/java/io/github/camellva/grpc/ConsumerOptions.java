package io.github.camellva.grpc;

import java.nio.file.Path;
import java.time.Duration;

import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.server.PeerShare;
import io.github.camellva.grpc.server.ServerLimits;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.Failures;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionLimits;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.stream.SharedMemoryOpener;
import io.github.camellva.grpc.stream.SharedMemoryUse;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** What the options of an endpoint mean to a consumer. */
final class ConsumerOptions {

    /** A month: more is a mistake, and gRPC takes it for no limit at all. */
    private static final long LONGEST_MILLIS = Duration.ofDays(31).toMillis();

    /** Of nodes that connect anew before their last connection is known to be gone, and of health checks. */
    private static final int OTHER_CONNECTIONS = 100;
    /** gRPC takes less for this. */
    private static final int LEAST_KEEP_ALIVE_MILLIS = 10_000;

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
                Options.choice("sharedMemory", configuration.getSharedMemory(), SharedMemoryUse.class),
                sharedMemory(configuration),
                Options.choice("onFailure", configuration.getOnFailure(), OnFailure.class),
                configuration.isMuteException() ? failure -> "the extension could not process it" : Failures::describe,
                sessionLimits(configuration), meters);
    }

    /** @throws IllegalArgumentException naming an option that cannot be served, its value, and what is accepted */
    static ServerLimits serverLimits(LvaGrpcConfiguration configuration) {
        int maxSessions = configuration.getMaxSessions();
        int maxConnections = configuration.getMaxConnections() == 0
                ? maxSessions + OTHER_CONNECTIONS : configuration.getMaxConnections();
        Options.requireRange("maxConnections", maxConnections, 1, 2_000_000);
        Options.requireRange("maxMetadataSize", configuration.getMaxMetadataSize(), 1024, 1 << 20);
        return new ServerLimits(
                maxSessions, share("maxSessionsPerPeer", configuration.getMaxSessionsPerPeer(), maxSessions), maxConnections,
                share("maxConnectionsPerPeer", configuration.getMaxConnectionsPerPeer(), maxConnections),
                millis("maxConnectionIdle", configuration.getMaxConnectionIdle(), 1000),
                millis("messageTimeout", configuration.getMessageTimeout(), 1),
                millis("sendTimeout", configuration.getSendTimeout(), 1), configuration.getMaxMetadataSize(),
                millis("keepAliveTime", configuration.getKeepAliveTime(), LEAST_KEEP_ALIVE_MILLIS));
    }

    /** @param perPeer 0 when the option is not set */
    private static PeerShare share(String option, int perPeer, int all) {
        if (perPeer == 0) {
            return PeerShare.halfOf(all);
        }
        Options.requireRange(option, perPeer, 1, 1_000_000);
        return PeerShare.of(perPeer);
    }

    private static SessionLimits sessionLimits(LvaGrpcConfiguration configuration) {
        Options.requireRange("maxNameLength", configuration.getMaxNameLength(), 1, configuration.getMaxMessageSize());
        Options.requireRange(
                "maxConfigurationLength", configuration.getMaxConfigurationLength(), 0, configuration.getMaxMessageSize());
        return new SessionLimits(
                millis("handshakeTimeout", configuration.getHandshakeTimeout(), 1),
                millis("maxSessionIdle", configuration.getMaxSessionIdle(), 1), configuration.getMaxNameLength(),
                configuration.getMaxConfigurationLength());
    }

    private static Duration millis(String option, long value, long least) {
        Options.requireRange(option, value, least, LONGEST_MILLIS);
        return Duration.ofMillis(value);
    }

    private static SharedMemoryOpener sharedMemory(LvaGrpcConfiguration configuration) {
        Path directory = Path.of(configuration.getSharedMemoryDirectory());
        SharedMemoryAccess access
                = Options.choice("sharedMemoryAccess", configuration.getSharedMemoryAccess(), SharedMemoryAccess.class);
        return (handleName, lengthBytes) -> SharedMemory.open(
                directory, handleName, lengthBytes, access, configuration.getMaxMessageSize());
    }
}
