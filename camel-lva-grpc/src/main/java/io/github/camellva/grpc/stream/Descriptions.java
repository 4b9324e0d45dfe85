package io.github.camellva.grpc.stream;

import java.net.ConnectException;

import io.github.camellva.grpc.text.Printable;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** What peers say, in words that are safe to log. */
public final class Descriptions {

    private static final int MAX_STATUS = 1000;

    private Descriptions() {
    }

    /** How an extension ended a session, as users read it. */
    public static String of(Status status) {
        String code = status.getCode().toString();
        String said = status.getDescription() == null
                ? code
                : code + ": " + Printable.of(status.getDescription(), MAX_STATUS) + reason(status.getCause());
        return switch (status.getCode()) {
            case OK -> "the extension closed it without an error";
            // this side's own cancellations have a status of their own: here the other side has reset the stream without a word
            case CANCELLED -> "the extension broke it off: it may have stopped, or found a message too large, for which its"
                              + " maxMessageSize would have to be raised (" + said + ")";
            case UNAUTHENTICATED -> said + "; set the options username and password to what the extension asks for";
            default -> isRefusedConnection(status.getCause()) ? "connection refused, nothing listens there (" + code + ")" : said;
        };
    }

    public static String formatOf(MediaStreamDescriptor descriptor) {
        if (!descriptor.getMediaDescriptor().hasVideoFrameSampleFormat()) {
            return "inferences only";
        }
        VideoFrameSampleFormat format = descriptor.getMediaDescriptor().getVideoFrameSampleFormat();
        return format.getEncoding() + (format.getEncoding() == Encoding.RAW ? " " + format.getPixelFormat() : "") + " "
               + format.getDimensions().getWidth() + "x" + format.getDimensions().getHeight();
    }

    /** Whether nothing listens where a connection was to go. */
    public static boolean isRefusedConnection(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException && String.valueOf(cause.getMessage()).contains("refused")) {
                return true;
            }
        }
        return false;
    }

    /** gRPC says "io exception"; what it was is further down. */
    private static String reason(@Nullable Throwable cause) {
        Throwable root = cause;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null || root.getMessage() == null ? "" : " (" + Printable.of(root.getMessage(), MAX_STATUS) + ")";
    }
}
