package io.github.camellva.view;

import java.nio.ByteBuffer;

/**
 * A frame as viewers get it, made once for all of them.
 *
 * @param number      larger than that of any earlier frame of its camera
 * @param description JSON
 * @param picture     encoded; empty when there is none
 */
record ShownFrame(long number, byte[] description, byte[] picture) {

    /** The description and the picture, each after its length. */
    int bytes() {
        return 2 * Integer.BYTES + description.length + picture.length;
    }

    void writeTo(ByteBuffer out) {
        out.putInt(description.length).put(description).putInt(picture.length).put(picture);
    }
}
