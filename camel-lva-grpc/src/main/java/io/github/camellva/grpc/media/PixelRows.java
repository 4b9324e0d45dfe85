package io.github.camellva.grpc.media;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Reads rows of a picture of any type as pixels 0xAARRGGBB. Samples keep their values: no colour profile applies, so that a
 * grey of 128 is 128 in all three components.
 */
@FunctionalInterface
interface PixelRows {

    int OPAQUE = 0xff000000;
    byte OPAQUE_BYTE = (byte) 0xff;

    /**
     * Reads a row.
     *
     * @param y   0 to the picture's height - 1
     * @param row receives the pixels from index 0; at least as long as the picture is wide
     */
    void read(int y, int[] row);

    /** Rows of a picture that must not change meanwhile. Not safe for use by many threads. */
    static PixelRows of(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        if (image.getType() == BufferedImage.TYPE_INT_ARGB) {
            return (y, row) -> raster.getDataElements(0, y, width, 1, row);
        }
        if (image.getType() == BufferedImage.TYPE_INT_RGB) {
            return (y, row) -> {
                raster.getDataElements(0, y, width, 1, row);
                for (int x = 0; x < width; x++) {
                    row[x] |= OPAQUE;
                }
            };
        }
        ColorModel colors = image.getColorModel();
        if (colors instanceof IndexColorModel palette) {
            return ofPalette(raster, palette);
        }
        if (colors instanceof ComponentColorModel && !colors.isAlphaPremultiplied() && isGreyOrRgb(colors)) {
            int bits = colors.getComponentSize(0);
            if (raster.getDataBuffer() instanceof DataBufferByte
                    && raster.getSampleModel() instanceof PixelInterleavedSampleModel layout && bits == Byte.SIZE) {
                return ofBytes(raster, layout);
            }
            if (bits <= Short.SIZE) {
                return ofSamples(raster, bits);
            }
        }
        return (y, row) -> image.getRGB(0, y, width, 1, row, 0, width);
    }

    /** The type of int pixels that keeps all of a picture's components. */
    static int intType(BufferedImage image) {
        return image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    }

    private static boolean isGreyOrRgb(ColorModel colors) {
        int space = colors.getColorSpace().getType();
        return space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB;
    }

    private static PixelRows ofPalette(Raster raster, IndexColorModel palette) {
        // a broken picture may point beyond its palette
        int[] colors = new int[1 << palette.getPixelSize()];
        palette.getRGBs(colors);
        return (y, row) -> {
            raster.getSamples(0, y, raster.getWidth(), 1, 0, row);
            for (int x = 0; x < raster.getWidth(); x++) {
                row[x] = colors[row[x]];
            }
        };
    }

    /** Reads the array itself: the raster is several times slower when blue comes first in memory. */
    private static PixelRows ofBytes(Raster raster, PixelInterleavedSampleModel layout) {
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        int width = raster.getWidth();
        int step = layout.getPixelStride();
        int[] offsets = layout.getBandOffsets();
        boolean grey = offsets.length < 3;
        boolean opaque = offsets.length % 2 == 1;
        int green = grey ? 0 : offsets[1] - offsets[0];
        int blue = grey ? 0 : offsets[2] - offsets[0];
        int alpha = offsets[offsets.length - 1] - offsets[0];
        return (y, row) -> {
            int at = raster.getDataBuffer().getOffset()
                     + layout.getOffset(-raster.getSampleModelTranslateX(), y - raster.getSampleModelTranslateY());
            for (int x = 0; x < width; x++, at += step) {
                row[x] = argb(opaque ? OPAQUE_BYTE : samples[at + alpha], samples[at], samples[at + green], samples[at + blue]);
            }
        };
    }

    /** Converts samples of up to 16 bits to 8. */
    private static PixelRows ofSamples(Raster raster, int bits) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int largest = (1 << bits) - 1;
        WritableRaster bytes = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, 1, bands, null);
        PixelRows rows = ofBytes(bytes, (PixelInterleavedSampleModel) bytes.getSampleModel());
        int[] samples = new int[width * bands];
        return (y, row) -> {
            raster.getPixels(0, y, width, 1, samples);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (samples[i] * 255 + largest / 2) / largest;
            }
            bytes.setPixels(0, 0, width, 1, samples);
            rows.read(0, row);
        };
    }

    private static int argb(byte alpha, byte red, byte green, byte blue) {
        return alpha << 24 | (red & 0xff) << 16 | (green & 0xff) << 8 | blue & 0xff;
    }
}
