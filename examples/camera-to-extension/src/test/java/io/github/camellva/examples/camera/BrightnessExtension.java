package io.github.camellva.examples.camera;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

import io.github.camellva.examples.rig.Brightness;
import io.github.camellva.proto.Inference;
import org.apache.camel.Body;
import org.apache.camel.builder.RouteBuilder;

/** An extension for those who have none: it says how bright each frame is, with the bars that fill it up. */
public class BrightnessExtension extends RouteBuilder {

    static final String ID = "brightness";

    @Override
    public void configure() {
        from("lvagrpc:127.0.0.1:0?encodings=JPG").routeId(ID).bean(this, "classify");
    }

    public Inference classify(@Body byte[] jpg) throws IOException {
        BufferedImage picture = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(jpg)));
        int[] components = picture.getRaster().getPixels(0, 0, picture.getWidth(), picture.getHeight(), (int[]) null);
        return Brightness.of(IntStream.of(components).average().orElseThrow());
    }
}
