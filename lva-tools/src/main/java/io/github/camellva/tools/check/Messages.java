package io.github.camellva.tools.check;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.grpc.text.Printable;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.grpc.Status;

/** Messages and statuses in words. */
public final class Messages {

    private static final int LONGEST_TEXT = 300;

    private Messages() {
    }

    public static String describe(MediaStreamMessage message) {
        List<String> words = new ArrayList<>();
        words.add("number " + Long.toUnsignedString(message.getSequenceNumber()));
        if (message.getAckSequenceNumber() != 0) {
            words.add("acknowledges " + Long.toUnsignedString(message.getAckSequenceNumber()));
        }
        switch (message.getPayloadCase()) {
            case MEDIA_STREAM_DESCRIPTOR -> words.add(describe(message.getMediaStreamDescriptor()));
            case MEDIA_SAMPLE -> words.add(describe(message.getMediaSample()));
            case PAYLOAD_NOT_SET -> words.add("no payload");
        }
        return String.join(", ", words);
    }

    public static String describe(Status status) {
        String text = status.getDescription();
        return status.getCode() + (text == null ? ", no text" : ": " + shorten(Printable.of(text)));
    }

    private static String describe(MediaStreamDescriptor descriptor) {
        List<String> words = new ArrayList<>();
        switch (descriptor.getStreamIdentifierCase()) {
            case GRAPH_IDENTIFIER -> words.add("graph '" + shorten(descriptor.getGraphIdentifier().getGraphInstanceName()) + "'");
            case EXTENSION_IDENTIFIER -> words.add("extension '" + shorten(descriptor.getExtensionIdentifier()) + "'");
            case STREAMIDENTIFIER_NOT_SET -> words.add("no identifier");
        }
        if (descriptor.hasMediaDescriptor()) {
            words.add("timescale " + Integer.toUnsignedString(descriptor.getMediaDescriptor().getTimescale()));
            if (descriptor.getMediaDescriptor().hasVideoFrameSampleFormat()) {
                words.add(describe(descriptor.getMediaDescriptor().getVideoFrameSampleFormat()));
            }
        }
        if (descriptor.hasSharedMemoryBufferTransferProperties()) {
            words.add("shared memory '" + shorten(descriptor.getSharedMemoryBufferTransferProperties().getHandleName()) + "' of "
                      + Long.toUnsignedString(descriptor.getSharedMemoryBufferTransferProperties().getLengthBytes()) + " bytes");
        }
        return "descriptor: " + String.join(", ", words);
    }

    private static String describe(VideoFrameSampleFormat format) {
        return format.getEncoding() + " " + format.getPixelFormat() + " "
               + Integer.toUnsignedString(format.getDimensions().getWidth()) + "x"
               + Integer.toUnsignedString(format.getDimensions().getHeight())
               + (format.getStrideBytes() == 0 ? "" : " stride " + Integer.toUnsignedString(format.getStrideBytes()));
    }

    private static String describe(MediaSample sample) {
        List<String> words = new ArrayList<>();
        words.add("sample: timestamp " + Long.toUnsignedString(sample.getTimestamp()));
        switch (sample.getContentCase()) {
            case CONTENT_BYTES -> words.add(sample.getContentBytes().getBytes().size() + " bytes");
            case CONTENT_REFERENCE -> words.add("bytes " + Long.toUnsignedString(sample.getContentReference().getAddressOffset())
                                                + " + " + Long.toUnsignedString(sample.getContentReference().getLengthBytes()));
            case CONTENT_NOT_SET -> {
                // an answer has none
            }
        }
        if (sample.getInferencesCount() > 0) {
            words.add(sample.getInferencesCount() + (sample.getInferencesCount() == 1 ? " inference" : " inferences"));
        }
        return String.join(", ", words);
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
