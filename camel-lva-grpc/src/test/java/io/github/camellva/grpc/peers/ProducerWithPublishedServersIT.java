package io.github.camellva.grpc.peers;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.LvaGrpcException;
import io.github.camellva.proto.VideoFrameSampleFormat;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;
import static org.awaitility.Awaitility.await;

/** A Camel route with the extension servers that people run. */
class ProducerWithPublishedServersIT extends CamelTestSupport {

    private static final int FRAMES = 100;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
            "MICROSOFT_CSHARP,embedded", "MICROSOFT_CSHARP,sharedMemory", "MICROSOFT_YOLO,embedded", "MICROSOFT_YOLO,sharedMemory",
            "NVIDIA_DEEPSTREAM,embedded", "NVIDIA_DEEPSTREAM,sharedMemory", "INTEL_UP_TO_06,embedded", "INTEL_UP_TO_06,sharedMemory",
            "INTEL_07,embedded", "INTEL_07,sharedMemory" })
    void everyFrameIsAnsweredWithItsOwnAndTheLastOneToo(Published published, String transfer) throws Exception {
        try (PublishedServer server = published.in(directory).start()) {
            String uri = "lvagrpc:127.0.0.1:" + server.port() + "?dataTransfer=" + transfer + "&sharedMemorySizeMiB=8"
                         + "&sharedMemoryDirectory=" + directory;
            List<CompletableFuture<Exchange>> answers = new ArrayList<>();
            for (int i = 0; i < FRAMES; i++) {
                answers.add(template.asyncSend(uri, published == Published.MICROSOFT_YOLO ? picture(i) : pixels(server, i)));
            }
            if (published == Published.NVIDIA_DEEPSTREAM || published == Published.INTEL_UP_TO_06) {
                // they answer a frame only when there is another
                await().until(() -> done(answers).count() == FRAMES - 1);
                server.close();
            }
            await().until(() -> done(answers).count() == FRAMES);
            List<Exchange> failed = done(answers).filter(exchange -> exchange.getException() != null).toList();
            assertThat(done(answers).filter(exchange -> !failed.contains(exchange))).allMatch(ProducerWithPublishedServersIT::isOwn);
            if (published == Published.NVIDIA_DEEPSTREAM || published == Published.INTEL_UP_TO_06) {
                assertThat(failed).singleElement().extracting(Exchange::getException, throwable(LvaGrpcException.class))
                        .hasMessageContaining("the session ended before sample");
            } else {
                assertThat(failed).isEmpty();
            }
        }
    }

    private static Stream<Exchange> done(List<CompletableFuture<Exchange>> answers) {
        return answers.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join);
    }

    /** Bare pixels, as the server accepts them. */
    private Exchange pixels(PublishedServer server, int number) {
        VideoFrameSampleFormat format = server.descriptor(FRAME_BYTES).getMediaDescriptor().getVideoFrameSampleFormat();
        Exchange exchange = frame(server.frame(FRAME_BYTES, number));
        exchange.getMessage().setHeader(LvaGrpcConstants.ENCODING, format.getEncoding().name());
        exchange.getMessage().setHeader(LvaGrpcConstants.PIXEL_FORMAT, format.getPixelFormat().name());
        exchange.getMessage().setHeader(LvaGrpcConstants.WIDTH, format.getDimensions().getWidth());
        exchange.getMessage().setHeader(LvaGrpcConstants.HEIGHT, format.getDimensions().getHeight());
        return exchange;
    }

    /** A real picture, for the server that takes encoded ones of 416 x 416 only. */
    private Exchange picture(int number) throws IOException {
        BufferedImage image = new BufferedImage(416, 416, BufferedImage.TYPE_3BYTE_BGR);
        Arrays.fill(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) number);
        ByteArrayOutputStream bmp = new ByteArrayOutputStream();
        ImageIO.write(image, "bmp", bmp);
        Exchange exchange = frame(bmp.toByteArray());
        exchange.getMessage().setHeader(LvaGrpcConstants.ENCODING, "BMP");
        return exchange;
    }

    private Exchange frame(byte[] frame) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(frame);
        exchange.setProperty("own", PublishedServer.findingIn(frame));
        return exchange;
    }

    private static boolean isOwn(Exchange exchange) {
        return exchange.getMessage().getBody().equals(List.of(exchange.getProperty("own")));
    }
}
