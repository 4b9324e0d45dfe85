package io.github.camellva.examples.scaleout;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

import javax.imageio.ImageIO;

import io.github.camellva.examples.rig.Scene;

/** Frames that no camera sends. */
final class Pictures {

    private Pictures() {
    }

    static byte[] jpeg() throws IOException {
        return jpeg(Scene.WIDTH, Scene.HEIGHT, BufferedImage.TYPE_3BYTE_BGR, Color.WHITE);
    }

    static byte[] jpeg(int width, int height, int type, Color colour) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", out);
        return out.toByteArray();
    }

    /** Says that it is a JPEG and how large, and nothing else. */
    static byte[] undecodable() throws IOException {
        byte[] jpeg = jpeg();
        return Arrays.copyOf(jpeg, frameHeader(jpeg) + 19);
    }

    /** Where it says how large it is. */
    static int frameHeader(byte[] jpeg) {
        for (int at = 0; at < jpeg.length - 1; at++) {
            if ((jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xFF) == 0xC0) {
                return at;
            }
        }
        throw new IllegalArgumentException("no baseline JPEG");
    }
}
