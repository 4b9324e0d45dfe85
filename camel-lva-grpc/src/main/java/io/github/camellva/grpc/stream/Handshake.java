package io.github.camellva.grpc.stream;

import java.util.Optional;
import java.util.stream.Collectors;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryException;
import io.github.camellva.grpc.thread.RateLimitedLog;
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

    /**
     * May touch the file system, to open shared memory: not for an event loop.
     *
     * @param  log             of the extension, for what is not the peer's business
     * @throws StatusException what to end the session with
     */
    static Handshake accept(String id, Peer peer, MediaStreamDescriptor descriptor, SessionSettings settings, RateLimitedLog log)
            throws StatusException {
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
        if (settings.sharedMemory() == null) {
            throw refuse("shared memory is switched off at this extension; use embedded transfer:"
                         + " leave shared_memory_buffer_transfer_properties out and send content_bytes");
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

    private static StatusException refuse(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why).asException();
    }

    private static String names(Iterable<? extends Enum<?>> accepted) {
        return java.util.stream.StreamSupport.stream(accepted.spliterator(), false).sorted().map(Enum::name)
                .collect(Collectors.joining(", "));
    }
}
