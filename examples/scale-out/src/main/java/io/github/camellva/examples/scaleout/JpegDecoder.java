package io.github.camellva.examples.scaleout;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes a JPEG what detectors read: bare pixels in BGR24. Safe for use by many threads. */
final class JpegDecoder implements Processor {

    /** A few bytes can ask for more memory than a worker has, and each worker in turn would die of them: 3840 x 2160. */
    static final long MOST_PIXELS = 3840L * 2160;

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        BufferedImage picture = decode(message.getBody(byte[].class));
        message.setBody(ByteBuffer.wrap(((DataBufferByte) picture.getRaster().getDataBuffer()).getData()));
        message.setHeader(LvaGrpcConstants.ENCODING, "RAW");
        message.setHeader(LvaGrpcConstants.PIXEL_FORMAT, "BGR24");
        message.setHeader(LvaGrpcConstants.WIDTH, picture.getWidth());
        message.setHeader(LvaGrpcConstants.HEIGHT, picture.getHeight());
        message.setHeader(LvaGrpcConstants.STRIDE_BYTES, 3 * picture.getWidth());
    }

    /** @throws IOException if it cannot be decoded, or is too large */
    static BufferedImage decode(byte[] jpeg) throws IOException {
        if (jpeg == null || jpeg.length == 0) {
            throw new IOException("there is no picture in the frame");
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in, true, true);
            checkSize(reader.getWidth(0), reader.getHeight(0));
            return bgr(reader.read(0));
        } catch (RuntimeException e) {
            // what the decoder throws for some broken pictures
            throw new IOException(e.toString(), e);
        } finally {
            reader.dispose();
        }
    }

    private static void checkSize(long width, long height) throws IOException {
        if (width * height > MOST_PIXELS) {
            throw new IOException(String.format(
                    Locale.ROOT, "the picture has %d x %d pixels; %d pixels are accepted", width, height, MOST_PIXELS));
        }
    }

    /** Most pictures are so already; those in grey are not. */
    private static BufferedImage bgr(BufferedImage picture) {
        if (picture.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return picture;
        }
        BufferedImage bgr = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = bgr.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.dispose();
        return bgr;
    }
}
