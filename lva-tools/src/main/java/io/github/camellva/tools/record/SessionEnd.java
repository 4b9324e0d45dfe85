package io.github.camellva.tools.record;

import java.nio.charset.StandardCharsets;

import io.grpc.InternalMetadata;
import io.grpc.InternalStatus;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** The status that a node gets to know when a session ends, in each of the ways that HTTP/2 has for it. */
final class SessionEnd {

    private static final String STATUS = InternalStatus.CODE_KEY.name();
    private static final String MESSAGE = InternalStatus.MESSAGE_KEY.name();

    private SessionEnd() {
    }

    /** Null if these headers of an extension do not end anything. */
    static @Nullable Status of(Http2Headers headers, boolean endOfStream) {
        if (headers.contains(STATUS)) {
            Metadata trailers = InternalMetadata.newMetadata(
                    bytes(STATUS), bytes(headers.get(STATUS)), bytes(MESSAGE), bytes(headers.get(MESSAGE, "")));
            String message = trailers.get(InternalStatus.MESSAGE_KEY);
            Status status = trailers.get(InternalStatus.CODE_KEY);
            return message.isEmpty() ? status : status.withDescription(message);
        }
        return endOfStream ? Status.UNKNOWN.withDescription("no gRPC status; HTTP status " + headers.status()) : null;
    }

    static Status ofNodesReset() {
        return Status.CANCELLED.withDescription("the node has cancelled the call");
    }

    static Status ofExtensionsReset(long code) {
        Http2Error error = Http2Error.valueOf(code);
        Status status = error == null ? Status.INTERNAL : switch (error) {
            case REFUSED_STREAM -> Status.UNAVAILABLE;
            case CANCEL -> Status.CANCELLED;
            case ENHANCE_YOUR_CALM -> Status.RESOURCE_EXHAUSTED;
            case INADEQUATE_SECURITY -> Status.PERMISSION_DENIED;
            default -> Status.INTERNAL;
        };
        return status.withDescription("the extension has reset the call: " + (error == null ? code : error));
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
