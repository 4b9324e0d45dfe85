package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;

/**
 * Scales and pads pictures, changes their pixel format, and decodes and encodes JPG. Of every implementation found, pixels are the
 * same to within 2 of 255: along a side that shrinks, a pixel is the mean of the area that it covers; along one that grows, it lies
 * on the line between its neighbours; padding is opaque black. Many threads may use one converter.
 * <p>
 * {@link PictureConverters} chooses one. Others than the JDK's are found by {@link java.util.ServiceLoader}; a constructor fails where
 * its converter cannot work. They get RAW frames with a byte or more for a component and whole baseline JPGs, both with sides of 16
 * pixels and more; what they refuse with a {@link FrameException} or an {@link UnsupportedOperationException} is left to the JDK.
 */
public interface PictureConverter {

    /** By which it is chosen. */
    String name();

    /**
     * Makes a RAW frame of a picture.
     *
     * @param  picture        from the buffer's position to its limit; its position does not change. Bytes beyond those of a RAW
     *                        frame are ignored
     * @param  from           its format, with width and height: RAW, or as {@link PictureHeader} tells
     * @param  scaling        from the picture to the frame
     * @param  frame          receives the frame from its position on, padding of rows excepted; its position does not change
     * @param  to             RAW, of the size of the scaling's canvas
     * @throws FrameException if the picture is broken, or too large to be decoded
     */
    void toRaw(ByteBuffer picture, SampleFormat from, Scaling scaling, ByteBuffer frame, SampleFormat to) throws FrameException;

    /**
     * Makes a JPG of a picture. Alpha is dropped, not blended with a background.
     *
     * @param  picture        from the buffer's position to its limit; its position does not change. Bytes beyond those of a RAW
     *                        frame are ignored
     * @param  from           its format, with width and height: RAW, or as {@link PictureHeader} tells
     * @param  scaling        from the picture to the JPG
     * @param  quality        0 (smallest) to 100 (best)
     * @return                the JPG, from position 0
     * @throws FrameException if the picture is broken, or too large to be decoded or encoded
     */
    ByteBuffer toJpg(ByteBuffer picture, SampleFormat from, Scaling scaling, int quality) throws FrameException;
}
