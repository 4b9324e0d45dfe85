package io.github.camellva.video.picture;

import static io.github.camellva.video.picture.Agreement.FFMPEG;
import static io.github.camellva.video.picture.Agreement.JDK;
import static io.github.camellva.video.picture.Agreement.MAX;
import static io.github.camellva.video.picture.Agreement.apart;
import static io.github.camellva.video.picture.Agreement.assertClose;
import static io.github.camellva.video.picture.Agreement.frame;
import static io.github.camellva.video.picture.Agreement.raw;
import static io.github.camellva.video.picture.Agreement.toRaw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.imageio.ImageIO;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureConverter;
import io.github.camellva.grpc.media.PictureConverters;
import io.github.camellva.grpc.media.PictureHeader;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Isolated("what is open is counted for the whole process")
class FfmpegPicturesTest {

    @Test
    void ffmpegIsPreferredWhereItIsOnTheClassPath() {
        assertThat(PictureConverters.preferred().name()).isEqualTo("ffmpeg");
    }

    @ParameterizedTest
    @EnumSource(names = { "BGR24", "YUV420P" })
    void framesMayHaveAStrideAndLieAnywhereInBuffersOfAnyKind(PixelFormat pixelFormat) throws Exception {
        SampleFormat packed = raw(pixelFormat, 50, 40);
        SampleFormat padded = SampleFormat.raw(pixelFormat, 50, 40, packed.strideBytes() + 11, MAX);
        ByteBuffer picture = frame(padded, Agreement.Content.GRADIENTS);
        ByteBuffer elsewhere = ByteBuffer.allocateDirect(picture.capacity() + 13).position(13).put(picture.duplicate()).position(13);
        Scaling scaling = new Scaling(40, 40, 0, 4, 40, 32);
        SampleFormat to = SampleFormat.raw(pixelFormat, 40, 40, 131, MAX);
        byte[] expected = toRaw(JDK, picture, padded, scaling, to);
        assertClose(toRaw(FFMPEG, elsewhere.asReadOnlyBuffer(), padded, scaling, to), expected, "read-only and direct");
        ByteBuffer target = ByteBuffer.allocateDirect(to.frameBytes() + 7).position(7);
        FFMPEG.toRaw(elsewhere, padded, scaling, target, to);
        assertThat(target.position()).isEqualTo(7);
        assertThat(elsewhere.position()).isEqualTo(13);
        byte[] found = new byte[to.frameBytes()];
        target.get(7, found);
        assertClose(found, expected, "direct");
    }

    @ParameterizedTest(name = "quality {0}")
    @CsvSource({ "30", "80", "95", "100" })
    void aJpgIsAsGoodAndAsLargeAsThatOfTheJdk(int quality) throws Exception {
        SampleFormat format = raw(PixelFormat.BGR24, 640, 360);
        ByteBuffer scene = scene(640, 360);
        Scaling scaling = Scaling.filling(640, 360);
        ByteBuffer ours = FFMPEG.toJpg(scene, format, scaling, quality);
        ByteBuffer theirs = JDK.toJpg(scene, format, scaling, quality);
        assertThat(PictureHeader.of(ours)).isEqualTo(new PictureHeader(Encoding.JPG, 640, 360));
        assertThat((double) ours.remaining()).isBetween(0.8 * theirs.remaining(), 1.2 * theirs.remaining());
        SampleFormat jpg = SampleFormat.encoded(Encoding.JPG, 640, 360);
        double noise = noise(toRaw(JDK, ours, jpg, scaling, format), scene.array());
        assertThat(noise).isLessThan(1.25 * noise(toRaw(JDK, theirs, jpg, scaling, format), scene.array()));
    }

    @ParameterizedTest(name = "{0}x{1} at {2},{3}")
    @CsvSource({ "416,416,0,91", "416,416,0,90", "417,417,0,91", "640,640,112,203", "641,641,113,204" })
    void aPaddedJpgHasBlackBarsAndThePictureBetweenThem(int width, int height, int x, int y) throws Exception {
        SampleFormat format = raw(PixelFormat.BGR24, 640, 360);
        Scaling scaling = new Scaling(width, height, x, y, 416, 234);
        SampleFormat jpg = SampleFormat.encoded(Encoding.JPG, width, height);
        SampleFormat canvas = raw(PixelFormat.BGR24, width, height);
        ByteBuffer scene = scene(640, 360);
        byte[] found = toRaw(JDK, FFMPEG.toJpg(scene, format, scaling, 98), jpg, Scaling.filling(width, height), canvas);
        byte[] expected = toRaw(JDK, JDK.toJpg(scene, format, scaling, 98), jpg, Scaling.filling(width, height), canvas);
        assertThat(noise(found, expected)).isLessThan(4);
    }

    /** Each decodes in whole numbers in its own order, and FFmpeg alone decodes at a fraction of the size. */
    @ParameterizedTest(name = "{0}x{1} to {2}x{3}, at most {4} of a million apart")
    @CsvSource({
            "640,360,640,360,2000", "641,361,641,361,2000", "640,360,416,234,2000", "640,360,300,168,2000", "1280,720,300,168,6000",
            "1280,720,70,40,6000", "640,360,1280,720,2000" })
    void aJpgIsDecodedAsByTheJdk(int width, int height, int toWidth, int toHeight, int most) throws Exception {
        SampleFormat to = raw(PixelFormat.RGB24, toWidth, toHeight);
        SampleFormat format = raw(PixelFormat.BGR24, width, height);
        ByteBuffer jpg = JDK.toJpg(scene(width, height), format, Scaling.filling(width, height), 90);
        SampleFormat from = SampleFormat.encoded(Encoding.JPG, width, height);
        Scaling scaling = Scaling.filling(toWidth, toHeight);
        assertThat(apart(toRaw(FFMPEG, jpg, from, scaling, to), toRaw(JDK, jpg, from, scaling, to))).isLessThan(most);
    }

    @Test
    void aGreyJpgStaysGrey() throws Exception {
        BufferedImage grey = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 1200; i++) {
            grey.getRaster().setSample(i % 40, i / 40, 0, i % 40 * 6);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(grey, "jpeg", bytes);
        SampleFormat from = SampleFormat.encoded(Encoding.JPG, 40, 30);
        SampleFormat to = raw(PixelFormat.RGB24, 40, 30);
        ByteBuffer jpg = ByteBuffer.wrap(bytes.toByteArray());
        assertClose(
                toRaw(FFMPEG, jpg, from, Scaling.filling(40, 30), to), toRaw(JDK, jpg, from, Scaling.filling(40, 30), to), "grey");
    }

    @Test
    void everyTruncatedJpgIsWhatTheJdkMakesOfIt() throws Exception {
        ByteBuffer whole = FFMPEG.toJpg(scene(80, 60), raw(PixelFormat.BGR24, 80, 60), Scaling.filling(80, 60), 80);
        for (int length = 0; length < whole.limit(); length += 7) {
            ByteBuffer truncated = whole.slice(0, length);
            assertThat(outcome(FFMPEG, truncated)).as("%d bytes", length).isEqualTo(outcome(JDK, truncated));
        }
    }

    @Test
    void damagedJpgsAreDecodedOrRefusedAndNothingIsLeftOpen() throws Exception {
        byte[] whole = FFMPEG.toJpg(scene(80, 60), raw(PixelFormat.BGR24, 80, 60), Scaling.filling(80, 60), 80).array();
        FfmpegPictures converter = new FfmpegPictures();
        int open = NativeResource.countOpen();
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                converter.toJpg(
                        ByteBuffer.wrap(damaged, 0, random.nextInt(10) == 0 ? random.nextInt(damaged.length) + 1 : damaged.length),
                        SampleFormat.encoded(Encoding.JPG, 80, 60), Scaling.filling(30, 20), 80);
            } catch (FrameException e) {
                refused++;
                assertThat(e.getMessage()).contains("JPG").hasSizeLessThan(300);
            }
        }
        assertThat(refused).isBetween(300, 2900);
        converter.close();
        assertThat(NativeResource.countOpen()).isEqualTo(open);
    }

    @Test
    void whatIsKeptIsBoundedHoweverManySizesComeAndIsFreedInTheEnd() throws Exception {
        int open = NativeResource.countOpen();
        FfmpegPictures converter = new FfmpegPictures();
        for (int size = 16; size < 200; size++) {
            SampleFormat format = raw(PixelFormat.BGR24, size, size);
            ByteBuffer picture = ByteBuffer.allocate(format.frameBytes());
            ByteBuffer jpg = converter.toJpg(picture, format, Scaling.filling(size, size), 80);
            converter.toRaw(
                    jpg, SampleFormat.encoded(Encoding.JPG, size, size), Scaling.filling(size, size), picture, format);
            // encoders have pixels of their own
            assertThat(NativeResource.countOpen() - open).isLessThanOrEqualTo(2 * Workspace.MOST_RESOURCES);
        }
        converter.close();
        assertThat(NativeResource.countOpen()).isEqualTo(open);
    }

    @Test
    void largePicturesAreNotKept() throws Exception {
        int open = NativeResource.countOpen();
        FfmpegPictures converter = new FfmpegPictures();
        SampleFormat format = raw(PixelFormat.BGR24, 4096, 4096);
        converter.toJpg(ByteBuffer.allocate(format.frameBytes()), format, Scaling.filling(4096, 4096), 10);
        assertThat(NativeResource.countOpen() - open).as("the encoder is gone").isLessThanOrEqualTo(2);
        converter.close();
    }

    @Test
    void manyThreadsConvertAtOnce() throws Exception {
        SampleFormat format = raw(PixelFormat.BGR24, 320, 180);
        ByteBuffer scene = scene(320, 180);
        byte[] expected = FFMPEG.toJpg(scene, format, Scaling.filling(160, 90), 80).array();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(threads.submit(() -> FFMPEG.toJpg(scene, format, Scaling.filling(160, 90), 80).array()));
            }
            for (Future<byte[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String outcome(PictureConverter converter, ByteBuffer jpg) throws Exception {
        try {
            SampleFormat to = raw(PixelFormat.RGB24, 40, 30);
            return Arrays.toString(
                    toRaw(converter, jpg, SampleFormat.encoded(Encoding.JPG, 80, 60), Scaling.filling(40, 30), to));
        } catch (FrameException e) {
            return e.getMessage();
        }
    }

    /** What a camera might see: areas, edges, text, and a little noise. */
    private static ByteBuffer scene(int width, int height) {
        BufferedImage scene = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scene.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(0, 0, new Color(90, 120, 150), width, height, new Color(170, 150, 120)));
        graphics.fillRect(0, 0, width, height);
        Random random = new Random(3);
        for (int i = 0; i < 12; i++) {
            graphics.setColor(new Color(60 + random.nextInt(140), 60 + random.nextInt(140), 60 + random.nextInt(140)));
            int size = height / 8 + random.nextInt(height / 4);
            graphics.fillOval(random.nextInt(width), random.nextInt(height), size, size);
        }
        graphics.dispose();
        byte[] bytes = ((DataBufferByte) scene.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] += (byte) random.nextInt(5);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Mean of the squared differences. */
    private static double noise(byte[] one, byte[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            int difference = (one[i] & 0xff) - (other[i] & 0xff);
            sum += difference * difference;
        }
        return sum / one.length;
    }
}
