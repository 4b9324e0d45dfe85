package io.github.camellva.grpc.stream;

import java.util.Optional;
import java.util.stream.Collectors;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryException;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.grpc.Status;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

/**
 * What a node's descriptor leads to: the terms of the session and, if the node offered it, its shared memory.
 *
 * @param memory held for the session; null without shared memory
 */
record Handshake(SessionDescription session, @Nullable SharedMemory memory) {

    private static final String USE_EMBEDDED
            = "; use embedded transfer: leave shared_memory_buffer_transfer_properties out and send content_bytes";

    /**
     * May touch the file system, to open shared memory: not for an event loop.
     *
     * @param  log             of the extension, for what is not the peer's business
     * @throws StatusException what to end the session with
     */
    static Handshake accept(String id, Peer peer, MediaStreamDescriptor descriptor, SessionSettings settings, RateLimitedLog log)
            throws StatusException {
        requireShort(descriptor, settings.limits());
        MediaDescriptor media = descriptor.getMediaDescriptor();
        if (media.getTimescale() < 0) {
            throw refuse("timescale " + Integer.toUnsignedString(media.getTimescale()) + " is too large; at most "
                         + Integer.MAX_VALUE + " ticks per second are accepted");
        }
        Optional<SampleFormat> format = media.hasVideoFrameSampleFormat()
                ? Optional.of(format(media, settings))
                : Optional.empty();
        SharedMemory memory = descriptor.hasSharedMemoryBufferTransferProperties()
                ? open(peer, descriptor.getSharedMemoryBufferTransferProperties(), settings, log)
                : null;
        return new Handshake(
                new SessionDescription(
                        id, peer.address(), descriptor.getGraphIdentifier(), descriptor.getExtensionConfiguration(),
                        media.getTimescale(), format, peer.traceContext()),
                memory);
    }

    /** The frames, in words. */
    String format() {
        return session.format().map(Object::toString).orElse("inferences only");
    }

    DataTransfer transfer() {
        return memory == null ? DataTransfer.EMBEDDED : DataTransfer.SHARED_MEMORY;
    }

    /** For a session that has ended meanwhile. */
    void release() {
        if (memory != null) {
            memory.release();
        }
    }

    /** All of them are kept as long as the session, and go into logs, meters and headers. */
    private static void requireShort(MediaStreamDescriptor descriptor, SessionLimits limits) throws StatusException {
        GraphIdentifier graph = descriptor.getGraphIdentifier();
        requireShort("graph_instance_name", graph.getGraphInstanceName(), limits.maxNameLength(), "maxNameLength");
        requireShort("graph_node_name", graph.getGraphNodeName(), limits.maxNameLength(), "maxNameLength");
        requireShort("media_services_arm_id", graph.getMediaServicesArmId(), limits.maxNameLength(), "maxNameLength");
        requireShort(
                "extension_configuration", descriptor.getExtensionConfiguration(), limits.maxConfigurationLength(),
                "maxConfigurationLength");
    }

    private static void requireShort(String field, String value, int longest, String option) throws StatusException {
        if (value.length() > longest) {
            throw refuse(field + " has " + value.length() + " characters; at most " + longest
                         + " are accepted, shorten it or raise the extension's " + option);
        }
    }

    private static SampleFormat format(MediaDescriptor media, SessionSettings settings) throws StatusException {
        SampleFormat format;
        try {
            format = SampleFormat.of(media.getVideoFrameSampleFormat(), settings.maxMessageSize());
        } catch (FormatException e) {
            throw refuse(e.getMessage());
        }
        if (!settings.encodings().contains(format.encoding())) {
            throw refuse("encoding " + format.encoding() + " is not served by this extension; it accepts "
                         + names(settings.encodings()));
        }
        if (format.isRaw() && !settings.pixelFormats().contains(format.pixelFormat())) {
            throw refuse("pixel_format " + format.pixelFormat() + " is not served by this extension; it accepts "
                         + names(settings.pixelFormats()));
        }
        return format;
    }

    private static SharedMemory open(
            Peer peer, SharedMemoryBufferTransferProperties offered, SessionSettings settings, RateLimitedLog log)
            throws StatusException {
        switch (settings.sharedMemoryUse()) {
            case FALSE -> throw refuse("shared memory is switched off at this extension" + USE_EMBEDDED);
            case LOCAL -> requireOnThisMachine(peer);
            case TRUE -> {
                // whoever can reach a file of that name
            }
        }
        try {
            return settings.sharedMemory().open(offered.getHandleName(), offered.getLengthBytes());
        } catch (SharedMemoryException e) {
            Status status = switch (e.reason()) {
                case INVALID -> Status.INVALID_ARGUMENT;
                case UNAVAILABLE -> Status.NOT_FOUND;
            };
            log.warn("A session at {} is refused: {}", peer.address(), e.detail());
            throw status.withDescription(e.getMessage()).asException();
        }
    }

    private static void requireOnThisMachine(Peer peer) throws StatusException {
        if (!peer.isOnThisMachine()) {
            throw refuse("shared memory is taken only from addresses of the extension's own machine, and " + peer.address()
                         + " is none of them" + USE_EMBEDDED);
        }
    }

    private static StatusException refuse(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why).asException();
    }

    private static String names(Iterable<? extends Enum<?>> accepted) {
        return java.util.stream.StreamSupport.stream(accepted.spliterator(), false).sorted().map(Enum::name)
                .collect(Collectors.joining(", "));
    }
}
