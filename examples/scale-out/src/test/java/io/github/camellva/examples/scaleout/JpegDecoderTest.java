package io.github.camellva.examples.scaleout;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

class JpegDecoderTest {

    @ParameterizedTest
    @ValueSource(ints = { BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY })
    void aPictureBecomesItsPixels(int type) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(Pictures.jpeg(48, 32, type, new Color(0, 0, 255)));
        new JpegDecoder().process(exchange);

        ByteBuffer pixels = exchange.getMessage().getBody(ByteBuffer.class);
        assertThat(pixels.remaining()).isEqualTo(48 * 32 * 3);
        boolean grey = type == BufferedImage.TYPE_BYTE_GRAY;
        assertThat(pixels.get(0) & 0xFF).as("blue").isGreaterThan(grey ? 10 : 250);
        assertThat(pixels.get(2) & 0xFF).as("red").isCloseTo(grey ? pixels.get(0) & 0xFF : 0, within(3));
        assertThat(exchange.getMessage().getHeader(LvaGrpcConstants.PIXEL_FORMAT)).isEqualTo("BGR24");
        assertThat(exchange.getMessage().getHeader(LvaGrpcConstants.WIDTH)).isEqualTo(48);
        assertThat(exchange.getMessage().getHeader(LvaGrpcConstants.HEIGHT)).isEqualTo(32);
        assertThat(exchange.getMessage().getHeader(LvaGrpcConstants.STRIDE_BYTES)).isEqualTo(144);
    }

    @Test
    void whatIsNoPictureIsRefused() {
        assertThatThrownBy(() -> JpegDecoder.decode("no picture".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> JpegDecoder.decode(Pictures.undecodable())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> JpegDecoder.decode(new byte[0])).hasMessage("there is no picture in the frame");
        assertThatThrownBy(() -> JpegDecoder.decode(null)).hasMessage("there is no picture in the frame");
    }

    @Test
    void aFewBytesCannotAskForMoreMemoryThanAWorkerHas() throws IOException {
        byte[] jpeg = Pictures.jpeg(48, 32, BufferedImage.TYPE_3BYTE_BGR, Color.RED);
        int frameHeader = Pictures.frameHeader(jpeg);
        Arrays.fill(jpeg, frameHeader + 5, frameHeader + 9, (byte) 0xF0);
        assertThatThrownBy(() -> JpegDecoder.decode(jpeg)).isInstanceOf(IOException.class)
                .hasMessage("the picture has 61680 x 61680 pixels; 8294400 pixels are accepted");
    }

    @Test
    void brokenPicturesAreRefusedInNoOtherWay() throws IOException {
        byte[] jpeg = Pictures.jpeg(48, 32, BufferedImage.TYPE_3BYTE_BGR, Color.RED);
        for (int at = 0; at < jpeg.length; at++) {
            byte[] broken = jpeg.clone();
            broken[at] ^= (byte) 0xA5;
            Throwable thrown = catchThrowable(() -> JpegDecoder.decode(broken));
            assertThat(thrown == null || thrown instanceof IOException).as("byte %d: %s", at, thrown).isTrue();
        }
    }
}
