package io.github.camellva.video.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureHeader;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Picture;
import io.github.camellva.video.source.PictureFormat;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;

/** Packets that already are the JPG pictures which are asked for. */
final class JpgPackets {

    private static final int START_OF_SCAN = 0xda;
    private static final int HUFFMAN_TABLES = 0xc4;

    private final boolean wanted;
    private final @Nullable ScaleTarget scaling;

    private JpgPackets(boolean wanted, @Nullable ScaleTarget scaling) {
        this.wanted = wanted;
        this.scaling = scaling;
    }

    static JpgPackets of(AVStream stream, InputSettings settings) {
        return new JpgPackets(
                settings.format() == PictureFormat.JPG && stream.codecpar().codec_id() == avcodec.AV_CODEC_ID_MJPEG, settings.scaling());
    }

    /** Whether a packet may be passed on as it is. */
    boolean areFit(AVPacket packet) {
        if (!wanted || packet.size() <= 0) {
            return false;
        }
        ByteBuffer bytes = bytes(packet);
        try {
            PictureHeader header = PictureHeader.of(bytes);
            return (scaling == null || scaling.of(header.width(), header.height()).keeps(header.width(), header.height()))
                   && hasTables(bytes);
        } catch (FrameException e) {
            return false;
        }
    }

    /** @param packet that is fit */
    Picture picture(AVPacket packet) {
        ByteBuffer bytes = bytes(packet);
        byte[] own = new byte[bytes.remaining()];
        bytes.get(0, own);
        try {
            PictureHeader header = PictureHeader.of(bytes);
            return Picture.of(own, PictureFormat.JPG, header.width(), header.height());
        } catch (FrameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Webcams leave out the tables that everybody knows, and then others cannot read their pictures. */
    private static boolean hasTables(ByteBuffer bytes) {
        int at = 2;
        while (at + 4 <= bytes.limit() && (bytes.get(at) & 0xff) == 0xff) {
            int marker = bytes.get(at + 1) & 0xff;
            if (marker == HUFFMAN_TABLES || marker == START_OF_SCAN) {
                return marker == HUFFMAN_TABLES;
            }
            at += 2 + Short.toUnsignedInt(bytes.getShort(at + 2));
        }
        return false;
    }

    private static ByteBuffer bytes(AVPacket packet) {
        return packet.data().capacity(packet.size()).asByteBuffer().order(ByteOrder.BIG_ENDIAN);
    }
}
