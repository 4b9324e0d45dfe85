package io.github.camellva.tools.frames;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureCodec;
import io.github.camellva.grpc.media.RawPixels;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.Rectangle;

/** A frame that people can look at. */
public final class FramePicture {

    private static final int MAX_FRAME_BYTES = 1 << 28;

    private final SampleFormat format;
    private final ByteBuffer frame;

    /**
     * @param  descriptor     the node's, with the format
     * @param  frame          as it was sent
     * @throws FrameException if the descriptor names no format that can be shown
     */
    public FramePicture(MediaStreamDescriptor descriptor, ByteBuffer frame) throws FrameException {
        try {
            this.format = SampleFormat.of(descriptor.getMediaDescriptor().getVideoFrameSampleFormat(), MAX_FRAME_BYTES);
        } catch (FormatException e) {
            throw new FrameException(e.getMessage(), e);
        }
        this.frame = frame;
    }

    /** The pixels. */
    public BufferedImage image() throws FrameException {
        return format.isRaw() ? RawPixels.decode(frame.duplicate(), format) : PictureCodec.decode(frame.duplicate());
    }

    /** The frame as a file that every viewer opens: encoded pictures untouched, raw ones as PNG. */
    public ByteBuffer file() throws FrameException {
        return format.isRaw() ? PictureCodec.encodePng(image()) : frame.duplicate();
    }

    /** What the file's name ends with. */
    public String fileSuffix() {
        return format.isRaw() ? "png" : format.encoding().name().toLowerCase(Locale.ROOT);
    }

    /** The frame with boxes and labels, JPG. */
    public ByteBuffer annotated(List<Inference> inferences) throws FrameException {
        BufferedImage source = image();
        BufferedImage drawn = new BufferedImage(source.getWidth(), source.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = drawn.createGraphics();
        try {
            graphics.drawImage(source, 0, 0, null);
            draw(graphics, drawn.getWidth(), drawn.getHeight(), inferences);
        } finally {
            graphics.dispose();
        }
        return PictureCodec.encodeJpg(drawn, 90);
    }

    private static void draw(Graphics2D graphics, int width, int height, List<Inference> inferences) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, Math.max(10, height / 30)));
        graphics.setStroke(new BasicStroke(Math.max(1.5f, height / 240f)));
        int line = 0;
        for (Inference inference : inferences) {
            Finding finding = Finding.of(inference);
            Color color = Color.getHSBColor(finding.hue(), 0.75f, 0.95f);
            if (finding.box() == null) {
                label(graphics, finding.label(), color, 4, (line + 1) * graphics.getFontMetrics().getHeight());
                line++;
            } else {
                Rectangle box = finding.box();
                int left = Math.round(box.getL() * width);
                int top = Math.round(box.getT() * height);
                graphics.setColor(color);
                graphics.drawRect(left, top, Math.round(box.getW() * width), Math.round(box.getH() * height));
                label(graphics, finding.label(), color, left, Math.max(top, graphics.getFontMetrics().getHeight()));
            }
        }
    }

    /** Dark letters on the colour, above the base line. */
    private static void label(Graphics2D graphics, String text, Color color, int left, int bottom) {
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.setColor(color);
        graphics.fillRect(left, bottom - metrics.getHeight(), metrics.stringWidth(text) + 6, metrics.getHeight());
        graphics.setColor(Color.BLACK);
        graphics.drawString(text, left + 3, bottom - metrics.getDescent());
    }
}
