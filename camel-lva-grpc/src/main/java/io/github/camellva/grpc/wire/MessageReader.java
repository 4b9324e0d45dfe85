package io.github.camellva.grpc.wire;

import java.io.IOException;
import java.io.InputStream;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;

/**
 * Walks one message on the wire. The fields on the way to the frame's bytes are read here; the small messages beside it go to
 * their generated parsers. Unknown fields are passed over, since keeping them costs many times their size.
 */
final class MessageReader {

    private static final Parser<MediaStreamDescriptor> DESCRIPTOR
            = DiscardUnknownFieldsParser.wrap(MediaStreamDescriptor.parser());
    private static final Parser<Inference> INFERENCE = DiscardUnknownFieldsParser.wrap(Inference.parser());

    private static final int SEQUENCE_NUMBER = varint(MediaStreamMessage.SEQUENCE_NUMBER_FIELD_NUMBER);
    private static final int ACK_SEQUENCE_NUMBER = varint(MediaStreamMessage.ACK_SEQUENCE_NUMBER_FIELD_NUMBER);
    private static final int MEDIA_STREAM_DESCRIPTOR = delimited(MediaStreamMessage.MEDIA_STREAM_DESCRIPTOR_FIELD_NUMBER);
    private static final int MEDIA_SAMPLE = delimited(MediaStreamMessage.MEDIA_SAMPLE_FIELD_NUMBER);
    private static final int TIMESTAMP = varint(MediaSample.TIMESTAMP_FIELD_NUMBER);
    private static final int CONTENT_BYTES = delimited(MediaSample.CONTENT_BYTES_FIELD_NUMBER);
    private static final int CONTENT_REFERENCE = delimited(MediaSample.CONTENT_REFERENCE_FIELD_NUMBER);
    private static final int INFERENCES = delimited(MediaSample.INFERENCES_FIELD_NUMBER);
    private static final int BYTES = delimited(ContentBytes.BYTES_FIELD_NUMBER);
    private static final int ADDRESS_OFFSET = varint(ContentReference.ADDRESS_OFFSET_FIELD_NUMBER);
    private static final int LENGTH_BYTES = varint(ContentReference.LENGTH_BYTES_FIELD_NUMBER);

    /** Of the tenth byte of a number, which has its highest bit. */
    private static final int LAST_SHIFT = 63;

    private final InputStream stream;
    private final HeapAllowance heapBesideFrame;
    /** Bytes of the message that have not been read. */
    private int remaining;

    MessageReader(InputStream stream, int length, HeapAllowance heapBesideFrame) {
        this.stream = stream;
        this.remaining = length;
        this.heapBesideFrame = heapBesideFrame;
    }

    MediaStreamMessage read() throws IOException {
        MediaStreamMessage.Builder message = MediaStreamMessage.newBuilder();
        while (remaining > 0) {
            int tag = readTag();
            if (tag == SEQUENCE_NUMBER) {
                message.setSequenceNumber(readVarint());
            } else if (tag == ACK_SEQUENCE_NUMBER) {
                message.setAckSequenceNumber(readVarint());
            } else if (tag == MEDIA_STREAM_DESCRIPTOR) {
                message.mergeMediaStreamDescriptor(DESCRIPTOR.parseFrom(readBesideFrame(MediaStreamDescriptor.getDescriptor())));
            } else if (tag == MEDIA_SAMPLE) {
                readSample(message.getMediaSampleBuilder());
            } else {
                skip(tag);
            }
        }
        return message.build();
    }

    private void readSample(MediaSample.Builder sample) throws IOException {
        int end = endOfSubmessage();
        while (remaining > end) {
            int tag = readTag();
            if (tag == TIMESTAMP) {
                sample.setTimestamp(readVarint());
            } else if (tag == CONTENT_BYTES) {
                readContent(sample.getContentBytesBuilder());
            } else if (tag == CONTENT_REFERENCE) {
                readReference(sample);
            } else if (tag == INFERENCES) {
                sample.addInferences(INFERENCE.parseFrom(readBesideFrame(Inference.getDescriptor())));
            } else {
                skip(tag);
            }
        }
        requireAt(end);
    }

    private void readContent(ContentBytes.Builder content) throws IOException {
        int end = endOfSubmessage();
        while (remaining > end) {
            int tag = readTag();
            if (tag == BYTES) {
                // nobody else has this array
                content.setBytes(UnsafeByteOperations.unsafeWrap(readBytes(readLength())));
            } else {
                skip(tag);
            }
        }
        requireAt(end);
    }

    private void readReference(MediaSample.Builder sample) throws IOException {
        heapBesideFrame.spendOnMessage();
        int end = endOfSubmessage();
        ContentReference.Builder reference = sample.getContentReference().toBuilder();
        while (remaining > end) {
            int tag = readTag();
            if (tag == ADDRESS_OFFSET) {
                reference.setAddressOffset(readVarint());
            } else if (tag == LENGTH_BYTES) {
                reference.setLengthBytes(readVarint());
            } else {
                skip(tag);
            }
        }
        requireAt(end);
        sample.setContentReference(reference);
    }

    /** What {@link #remaining} will be behind the submessage that begins here. */
    private int endOfSubmessage() throws IOException {
        int length = readLength();
        return remaining - length;
    }

    /** A field that reaches past the message it is in has been read with bytes that are not its own. */
    private void requireAt(int end) throws InvalidProtocolBufferException {
        if (remaining != end) {
            throw new InvalidProtocolBufferException("a field is longer than the message it is in");
        }
    }

    private byte[] readBesideFrame(Descriptor type) throws IOException {
        int length = readLength();
        heapBesideFrame.require(length);
        byte[] wire = readBytes(length);
        heapBesideFrame.spend(type, wire);
        return wire;
    }

    private int readTag() throws IOException {
        long tag = readVarint();
        if (tag >>> 32 != 0 || WireFormat.getTagFieldNumber((int) tag) == 0) {
            throw new InvalidProtocolBufferException("invalid tag");
        }
        return (int) tag;
    }

    private int readLength() throws IOException {
        long length = readVarint();
        if (length < 0 || length > remaining) {
            throw new InvalidProtocolBufferException("a field is longer than the message it is in");
        }
        return (int) length;
    }

    private long readVarint() throws IOException {
        long value = 0;
        for (int shift = 0; shift <= LAST_SHIFT; shift += 7) {
            int next = stream.read();
            remaining--;
            if (next < 0 || remaining < 0) {
                throw truncated();
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (shift == LAST_SHIFT && next != 1) {
                    // protobuf's own readers do not agree on what such numbers mean
                    break;
                }
                return value;
            }
        }
        throw new InvalidProtocolBufferException("a number is not encoded as 64 bits are");
    }

    private byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        if (stream.readNBytes(bytes, 0, length) < length) {
            throw truncated();
        }
        remaining -= length;
        return bytes;
    }

    private void skip(int tag) throws IOException {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> readVarint();
            case WireFormat.WIRETYPE_FIXED64 -> skipBytes(8);
            case WireFormat.WIRETYPE_FIXED32 -> skipBytes(4);
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> skipBytes(readLength());
            default -> throw new InvalidProtocolBufferException(
                    "field " + WireFormat.getTagFieldNumber(tag) + " has wire type " + WireFormat.getTagWireType(tag)
                                                                + ", which proto3 does not have");
        }
    }

    private void skipBytes(int length) throws IOException {
        if (length > remaining) {
            throw truncated();
        }
        stream.skipNBytes(length);
        remaining -= length;
    }

    private static InvalidProtocolBufferException truncated() {
        return new InvalidProtocolBufferException("it is truncated");
    }

    private static int varint(int fieldNumber) {
        return fieldNumber << 3 | WireFormat.WIRETYPE_VARINT;
    }

    private static int delimited(int fieldNumber) {
        return fieldNumber << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }
}
