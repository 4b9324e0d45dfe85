package io.github.camellva.examples.benchmark;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.Inference;

/**
 * The frame that all sessions of a load send over and over.
 *
 * @param bytes    empty when samples have no content
 * @param embedded the same as a message
 * @param expected what servers find in it
 */
record Frames(Load load, byte[] bytes, ContentBytes embedded, Inference expected) {

    static Frames of(Load load) {
        byte[] bytes = load.payload().frame();
        ByteString content = UnsafeByteOperations.unsafeWrap(bytes);
        ContentBytes embedded = ContentBytes.newBuilder().setBytes(content).build();
        return new Frames(load, bytes, embedded, Inspection.inspect(content.asReadOnlyByteBuffer()));
    }
}
