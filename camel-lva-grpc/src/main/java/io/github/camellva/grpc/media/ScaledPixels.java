package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** Rows of a picture as it is scaled and padded. They are read in order, and each may be read again before the next. */
final class ScaledPixels {

    private static final int ARGB_BYTES = 4;

    private final Scaling scaling;
    private final ResamplerPool.Loan resamplers;

    ScaledPixels(Scaling scaling, ResamplerPool.Loan resamplers) {
        this.scaling = scaling;
        this.resamplers = resamplers;
    }

    /** The canvas with a RAW frame on it, which begins at the buffer's position. */
    PixelRows of(ByteBuffer frame, SampleFormat format) {
        if (scaling.width() == format.width() && scaling.height() == format.height()) {
            return onCanvas(RawPixels.rows(frame, format));
        }
        return onCanvas(switch (format.pixelFormat()) {
            case YUV420P -> scaledYuv(frame, format);
            case RGB24, BGR24, ARGB, RGBA, ABGR, BGRA -> scaledPacked(frame, format);
            default -> scaled(RawPixels.rows(frame, format), format.width(), format.height());
        });
    }

    /** The canvas with a picture on it. */
    PixelRows of(PixelRows picture, int width, int height) {
        return onCanvas(scaling.width() == width && scaling.height() == height ? picture : scaled(picture, width, height));
    }

    /** A plane of a YUV frame as a plane of another one. */
    ByteRows plane(ByteBuffer frame, Plane plane, Plane target) {
        return scaled(ByteRows.of(frame, plane), plane, target.rowBytes(), target.rows());
    }

    /** Each plane is scaled for itself: colours that RGB does not have are mixed before they are cut, as FFmpeg does it. */
    private PixelRows scaledYuv(ByteBuffer frame, SampleFormat format) {
        List<Resampler> planes = Plane.of(format).stream()
                .map(plane -> scaled(ByteRows.of(frame, plane), plane, scaling.width(), scaling.height())).toList();
        return Yuv420p.rows(planes, scaling.width());
    }

    private Resampler scaled(ByteRows rows, Plane plane, int width, int height) {
        return resamplers.resample(rows, new Resampler.Shape(1, plane.rowBytes(), plane.rows(), width, height));
    }

    private PixelRows scaledPacked(ByteBuffer frame, SampleFormat format) {
        int components = SampleFormat.bytesPerPixel(format.pixelFormat());
        ByteRows rows = resamplers.resample(ByteRows.of(frame, Plane.of(format).get(0)), shape(components, format.width(), format.height()));
        return unpacked(rows, format.pixelFormat(), components);
    }

    private PixelRows scaled(PixelRows picture, int width, int height) {
        int[] pixels = new int[width];
        PackedRow packed = PackedRow.of(PixelFormat.BGRA, width);
        ByteRows bytes = (y, row) -> {
            picture.read(y, pixels);
            packed.write(pixels, ByteBuffer.wrap(row));
        };
        return unpacked(resamplers.resample(bytes, shape(ARGB_BYTES, width, height)), PixelFormat.BGRA, ARGB_BYTES);
    }

    private PixelRows unpacked(ByteRows rows, PixelFormat pixelFormat, int components) {
        PackedRow packed = PackedRow.of(pixelFormat, scaling.width());
        byte[] bytes = new byte[components * scaling.width()];
        return (y, row) -> {
            rows.read(y, bytes);
            packed.read(ByteBuffer.wrap(bytes), row);
        };
    }

    private Resampler.Shape shape(int components, int width, int height) {
        return new Resampler.Shape(components, width, height, scaling.width(), scaling.height());
    }

    private PixelRows onCanvas(PixelRows picture) {
        int[] pixels = new int[scaling.width()];
        return (y, row) -> {
            boolean bar = y < scaling.y() || y >= scaling.y() + scaling.height();
            if (bar || scaling.pads()) {
                Arrays.fill(row, 0, scaling.canvasWidth(), PixelRows.OPAQUE);
            }
            if (!bar) {
                picture.read(y - scaling.y(), pixels);
                System.arraycopy(pixels, 0, row, scaling.x(), pixels.length);
            }
        };
    }
}
