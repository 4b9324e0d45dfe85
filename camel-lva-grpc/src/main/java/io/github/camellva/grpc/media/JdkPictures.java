package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.util.List;

import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** Converts pictures with the JDK alone. */
final class JdkPictures implements PictureConverter {

    private static final ResamplerPool RESAMPLERS = new ResamplerPool();

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public void toRaw(ByteBuffer picture, SampleFormat from, Scaling scaling, ByteBuffer frame, SampleFormat to) throws FrameException {
        if (!from.isRaw()) {
            BufferedImage image = PictureCodec.decode(picture);
            toRaw(RawPixels.bytes(image), RawPixels.formatOf(image), scaling, frame, to);
        } else if (isYuv(from) && isYuv(to) && !scaling.pads()) {
            toYuv(picture, from, scaling, frame, to);
        } else {
            try (ResamplerPool.Loan resamplers = RESAMPLERS.lend()) {
                RawPixels.write(new ScaledPixels(scaling, resamplers).of(picture, from), to, frame);
            }
        }
    }

    @Override
    public ByteBuffer toJpg(ByteBuffer picture, SampleFormat from, Scaling scaling, int quality) throws FrameException {
        // the JDK encodes JPG twice as fast from this type as from any other
        BufferedImage image = new BufferedImage(scaling.canvasWidth(), scaling.canvasHeight(), BufferedImage.TYPE_3BYTE_BGR);
        ByteBuffer pixels = ByteBuffer.wrap(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
        SampleFormat format = RawPixels.formatOf(image);
        if (from.pixelFormat() == PixelFormat.BGR24 && scaling.keeps(from.width(), from.height())) {
            RawPixels.restride(picture, from, pixels, format);
        } else {
            toRaw(picture, from, scaling, pixels, format);
        }
        return PictureCodec.encodeJpg(image, quality);
    }

    /** Draws a picture on its canvas. */
    static BufferedImage draw(BufferedImage picture, Scaling scaling) {
        BufferedImage canvas = new BufferedImage(scaling.canvasWidth(), scaling.canvasHeight(), PixelRows.intType(picture));
        try (ResamplerPool.Loan resamplers = RESAMPLERS.lend()) {
            RawPixels.write(
                    new ScaledPixels(scaling, resamplers).of(PixelRows.of(picture), picture.getWidth(), picture.getHeight()), canvas);
        }
        return canvas;
    }

    private static void toYuv(ByteBuffer picture, SampleFormat from, Scaling scaling, ByteBuffer frame, SampleFormat to) {
        List<Plane> source = Plane.of(from);
        List<Plane> target = Plane.of(to);
        try (ResamplerPool.Loan resamplers = RESAMPLERS.lend()) {
            for (int p = 0; p < target.size(); p++) {
                ByteRows rows = new ScaledPixels(scaling, resamplers).plane(picture, source.get(p), target.get(p));
                byte[] row = new byte[target.get(p).rowBytes()];
                for (int y = 0; y < target.get(p).rows(); y++) {
                    rows.read(y, row);
                    frame.put(frame.position() + target.get(p).row(y), row);
                }
            }
        }
    }

    private static boolean isYuv(SampleFormat format) {
        return format.pixelFormat() == PixelFormat.YUV420P;
    }
}
