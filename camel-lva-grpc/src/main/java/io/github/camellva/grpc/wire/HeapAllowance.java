package io.github.camellva.grpc.wire;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;

/**
 * The heap that one message may take beside its frame. Two bytes on the wire can become a hundred in memory, so each submessage
 * is walked on the wire and paid for before it is parsed. A price is what the smallest thing of its kind takes at most, together
 * with the list or map that it may be the first of, in a JVM with compressed references. In a short message nothing can be too
 * expensive, so that none of it is walked.
 */
final class HeapAllowance {

    private static final int MESSAGE_BYTES = 96;
    private static final int TEXT_BYTES = 128;
    private static final int MAP_ENTRY_BYTES = 256;
    /** One character outside Latin-1 makes all of its string take two bytes each. */
    private static final int BYTES_PER_CHARACTER = 2;
    /** No byte on the wire costs more: whatever has a price has a tag and a length of its own, a byte each at least. */
    private static final int MOST_PER_WIRE_BYTE = MAP_ENTRY_BYTES / 2;

    private final int bytes;
    private final boolean coversAll;
    private int left;

    /** @param messageLength on the wire */
    HeapAllowance(int bytes, int messageLength) {
        this.bytes = bytes;
        this.coversAll = (long) messageLength * MOST_PER_WIRE_BYTE <= bytes;
        this.left = bytes;
    }

    /** @throws HeapExhaustedException if so many bytes would have no room even as they are on the wire */
    void require(int wireBytes) throws HeapExhaustedException {
        if (wireBytes > left) {
            throw new HeapExhaustedException(bytes);
        }
    }

    /**
     * Pays for a message that is about to be parsed.
     *
     * @throws HeapExhaustedException if there is not enough left
     */
    void spend(Descriptor type, byte[] wire) throws IOException {
        if (!coversAll) {
            spend(type, CodedInputStream.newInstance(wire));
        }
    }

    /** Pays for one that holds nothing but numbers. */
    void spendOnMessage() throws HeapExhaustedException {
        spend(MESSAGE_BYTES);
    }

    private void spend(Descriptor type, CodedInputStream wire) throws IOException {
        spend(type.getOptions().getMapEntry() ? MAP_ENTRY_BYTES : MESSAGE_BYTES);
        for (int tag = wire.readTag(); tag != 0; tag = wire.readTag()) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            if (field == null || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                wire.skipField(tag);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                int outer = wire.pushLimit(wire.readRawVarint32());
                spend(field.getMessageType(), wire);
                wire.popLimit(outer);
            } else {
                spendText(field, wire);
            }
        }
    }

    private void spendText(FieldDescriptor field, CodedInputStream wire) throws IOException {
        int length = wire.readRawVarint32();
        wire.skipRawBytes(length);
        boolean characters = field.getJavaType() == FieldDescriptor.JavaType.STRING;
        spend(TEXT_BYTES + (long) length * (characters ? BYTES_PER_CHARACTER : 1));
    }

    private void spend(long price) throws HeapExhaustedException {
        if (price > left) {
            throw new HeapExhaustedException(bytes);
        }
        left -= (int) price;
    }
}
