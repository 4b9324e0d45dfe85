package io.github.camellva.examples.camera;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures for tests: each is of one shade of gray, lighter than the one before. */
final class Clip {

    /** Not a multiple of what decoders align rows to. */
    static final int WIDTH = 200;
    static final int HEIGHT = 120;
    static final int FRAMES = 30;

    private Clip() {
    }

    /** Writes them into a directory, in their order. */
    static Path write(Path directory) throws IOException {
        for (int index = 0; index < FRAMES; index++) {
            Files.write(directory.resolve(String.format("%02d.png", index)), picture(index, "png"));
        }
        return directory;
    }

    static byte[] picture(int index, String format) throws IOException {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(gray(index), gray(index), gray(index)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, format, bytes);
        return bytes.toByteArray();
    }

    static int gray(long index) {
        return (int) (20 + 7 * index);
    }
}
