package io.github.camellva.tools.check.extension;

import java.util.Optional;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;

import static io.github.camellva.tools.check.extension.ExtensionFault.*;

/** What a small extension refuses in a descriptor. */
record FaultyHandshake(FaultyExtension extension, MediaStreamDescriptor descriptor) {

    /** Null for none. */
    Status refusal() {
        String name = descriptor.getGraphIdentifier().getGraphInstanceName();
        if (FaultySession.isLongerThan(name, false) && !has(TAKES_NAMES_OF_ANY_LENGTH)) {
            return invalid(has(REPEATS_LONG_NAMES) ? "the name " + name + " is too long" : "the name is too long");
        }
        if (FaultySession.isLongerThan(descriptor.getExtensionConfiguration(), true)) {
            return invalid("the configuration is too long");
        }
        if (name.isEmpty() && has(REFUSES_A_GRAPH_WITHOUT_NAMES)) {
            return invalid("the graph has no name");
        }
        if (!descriptor.getExtensionConfiguration().isEmpty() && has(FAILS_ON_A_CONFIGURATION)) {
            return Status.INTERNAL.withDescription("unexpected configuration");
        }
        if (descriptor.getMediaDescriptor().getTimescale() != 90_000 && has(KNOWS_ONE_TIMESCALE)) {
            return invalid("the timescale must be 90000");
        }
        if (!descriptor.getMediaDescriptor().hasVideoFrameSampleFormat() && has(FAILS_WITHOUT_A_FORMAT)) {
            return Status.INTERNAL.withDescription("no format");
        }
        Status format = formatRefusal();
        if (format != null || !descriptor.hasSharedMemoryBufferTransferProperties()) {
            return format;
        }
        return new FaultyMemory(extension, descriptor.getSharedMemoryBufferTransferProperties().getHandleName()).refusal();
    }

    private Status formatRefusal() {
        VideoFrameSampleFormat announced = descriptor.getMediaDescriptor().getVideoFrameSampleFormat();
        // one format that it does not serve, to see how it says so
        if (announced.getEncoding() == Encoding.RAW && announced.getPixelFormat() == PixelFormat.ABGR) {
            return has(REFUSES_FORMATS_WITH_UNKNOWN)
                    ? Status.UNKNOWN.withDescription("Exception was thrown by handler.")
                    : invalid("ABGR is not served; BGR24 and others are");
        }
        try {
            format(descriptor, extension);
            return null;
        } catch (IllegalArgumentException e) {
            return invalid(e.getMessage());
        }
    }

    /** Empty when there is none. */
    static Optional<SampleFormat> format(MediaStreamDescriptor descriptor, FaultyExtension extension) {
        if (!descriptor.getMediaDescriptor().hasVideoFrameSampleFormat()) {
            return Optional.empty();
        }
        VideoFrameSampleFormat announced = descriptor.getMediaDescriptor().getVideoFrameSampleFormat();
        try {
            return Optional.of(FaultySession.parse(descriptor.getMediaDescriptor()));
        } catch (FormatException e) {
            boolean raw = announced.getEncoding() == Encoding.RAW;
            boolean taken = raw && announced.getPixelFormat() == PixelFormat.NONE && extension.has(TAKES_RAW_WITHOUT_A_PIXEL_FORMAT)
                    || raw && announced.getDimensions().getHeight() == 0 && extension.has(TAKES_RAW_WITHOUT_DIMENSIONS)
                    || (announced.getEncoding() == Encoding.UNRECOGNIZED || announced.getPixelFormat() == PixelFormat.UNRECOGNIZED)
                            && extension.has(TAKES_UNKNOWN_FORMATS)
                    || extension.has(CALCULATES_WITH_32_BITS)
                    || announced.getStrideBytes() != 0 && extension.has(IGNORES_THE_STRIDE);
            if (taken) {
                return Optional.of(SampleFormat.encoded(Encoding.RAW, 0, 0));
            }
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Status invalid(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why);
    }

    private boolean has(ExtensionFault fault) {
        return extension.has(fault);
    }
}
