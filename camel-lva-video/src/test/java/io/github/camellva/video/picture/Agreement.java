package io.github.camellva.video.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureConverter;
import io.github.camellva.grpc.media.PictureConverters;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** Pictures that are hard to convert, and how far two converters are apart. */
final class Agreement {

    static final PictureConverter JDK = PictureConverters.named("jdk");
    static final PictureConverter FFMPEG = PictureConverters.named("ffmpeg");
    static final int MAX = 64 << 20;

    /** What a picture shows. */
    enum Content {
        NOISE {
            @Override
            int component(Random random, int x, int y, int component) {
                return random.nextInt(256);
            }
        },
        BLACK_AND_WHITE {
            @Override
            int component(Random random, int x, int y, int component) {
                return random.nextBoolean() ? 255 : 0;
            }
        },
        GRADIENTS {
            @Override
            int component(Random random, int x, int y, int component) {
                return component == 0 ? x % 256 : component == 1 ? y % 256 : 255 - (x + y) % 256;
            }
        };

        abstract int component(Random random, int x, int y, int component);
    }

    private Agreement() {
    }

    static SampleFormat raw(PixelFormat pixelFormat, int width, int height) throws FormatException {
        return SampleFormat.raw(pixelFormat, width, height, 0, MAX);
    }

    /** A frame of legal values: YUV beyond 16 to 235 or 240 is no colour, and what becomes of it is open. */
    static ByteBuffer frame(SampleFormat format, Content content) {
        ByteBuffer frame = ByteBuffer.allocate(format.frameBytes());
        Random random = new Random(1);
        boolean yuv = format.pixelFormat() == PixelFormat.YUV420P;
        int perRow = format.strideBytes();
        int perPixel = yuv ? 1 : perRow / format.width();
        for (int i = 0; i < frame.capacity(); i++) {
            int value = content.component(random, i % perRow / perPixel, i / perRow, i % perPixel);
            int most = i < perRow * format.height() ? 235 : 240;
            frame.put(i, (byte) (yuv ? Math.max(16, Math.min(most, value)) : value));
        }
        return frame;
    }

    static byte[] toRaw(PictureConverter converter, ByteBuffer picture, SampleFormat from, Scaling scaling, SampleFormat to)
            throws FrameException {
        ByteBuffer frame = ByteBuffer.allocate(to.frameBytes());
        converter.toRaw(picture, from, scaling, frame, to);
        return frame.array();
    }

    static void assertClose(byte[] one, byte[] other, String description) {
        assertThat(one).hasSameSizeAs(other);
        int worst = 0;
        for (int i = 0; i < one.length; i++) {
            worst = Math.max(worst, Math.abs((one[i] & 0xff) - (other[i] & 0xff)));
        }
        assertThat(worst).as(description).isLessThanOrEqualTo(2);
    }

    /** How many of a million components differ by more than two. */
    static long apart(byte[] one, byte[] other) {
        assertThat(one).hasSameSizeAs(other);
        long apart = 0;
        for (int i = 0; i < one.length; i++) {
            apart += Math.abs((one[i] & 0xff) - (other[i] & 0xff)) > 2 ? 1 : 0;
        }
        return apart * 1_000_000 / one.length;
    }
}
