package io.github.camellva.video.picture;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.camellva.video.picture.Agreement.FFMPEG;
import static io.github.camellva.video.picture.Agreement.JDK;
import static io.github.camellva.video.picture.Agreement.assertClose;
import static io.github.camellva.video.picture.Agreement.frame;
import static io.github.camellva.video.picture.Agreement.raw;
import static io.github.camellva.video.picture.Agreement.toRaw;

@Execution(ExecutionMode.CONCURRENT)
class PixelFormatsTest {

    private static final List<PixelFormat> PIXEL_FORMATS = List.of(
            PixelFormat.YUV420P, PixelFormat.RGB24, PixelFormat.BGR24, PixelFormat.ARGB, PixelFormat.RGBA, PixelFormat.ABGR,
            PixelFormat.BGRA);

    /** The larger ones are of several bands in every format. */
    @ParameterizedTest(name = "{0}x{1} to {2}x{3}")
    @CsvSource({
            "64,48,64,48", "63,47,63,47", "640,210,416,136", "641,211,417,137", "100,60,200,120", "33,21,77,55", "101,77,50,111",
            "200,100,17,16", "16,16,65,65", "35,300,41,16", "80,45,240,135" })
    void everyPixelFormatAndSizeComesOutAsWithTheJdk(int width, int height, int toWidth, int toHeight) throws Exception {
        Scaling filling = Scaling.filling(toWidth, toHeight);
        Scaling padded = new Scaling(toWidth + 7, toHeight + 4, 3, 2, toWidth, toHeight);
        for (PixelFormat from : PIXEL_FORMATS) {
            SampleFormat source = raw(from, width, height);
            for (Agreement.Content content : Agreement.Content.values()) {
                ByteBuffer picture = frame(source, content);
                for (PixelFormat to : PIXEL_FORMATS) {
                    for (Scaling scaling : List.of(filling, padded)) {
                        SampleFormat target = raw(to, scaling.canvasWidth(), scaling.canvasHeight());
                        assertClose(
                                toRaw(FFMPEG, picture, source, scaling, target), toRaw(JDK, picture, source, scaling, target),
                                content + " from " + from + " to " + to + ", " + scaling);
                    }
                }
            }
        }
    }
}
