package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;

/** Reads rows of components, a byte each, those of a pixel together. */
@FunctionalInterface
interface ByteRows {

    /**
     * Reads a row.
     *
     * @param y   0 to the number of rows - 1
     * @param row receives the components from index 0
     */
    void read(int y, byte[] row);

    /** Rows of a plane of a frame that begins at the buffer's position. */
    static ByteRows of(ByteBuffer frame, Plane plane) {
        return (y, row) -> frame.get(frame.position() + plane.row(y), row, 0, plane.rowBytes());
    }
}
