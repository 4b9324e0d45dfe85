package io.github.camellva.video.ffmpeg;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Picture;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.VideoInput;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** The frames of whatever FFmpeg opens. Owns all that is native, and frees it when it is closed. */
public final class FfmpegInput implements VideoInput {

    private static final long GUESSED_FRAME_MICROS = 40_000;

    private final Demuxer demuxer;
    private final Decoder decoder;
    private final PictureMaker pictures;
    private final JpgPackets jpgPackets;
    private boolean drained;
    /** Whether the current packet is the current frame: a JPG picture that is passed on untouched. */
    private boolean packetIsPicture;

    private FfmpegInput(Demuxer demuxer, Decoder decoder, InputSettings settings) {
        this.demuxer = demuxer;
        this.decoder = decoder;
        this.pictures = new PictureMaker(settings);
        this.jpgPackets = JpgPackets.of(demuxer.stream(), settings);
    }

    /**
     * Opens a source.
     *
     * @param  stopped         ends the attempt, and later each read, within some tenths of a second
     * @throws SourceException if there is no video, or it cannot be decoded
     */
    public static VideoInput open(InputSettings settings, BooleanSupplier stopped, LongSupplier nanoTime) throws SourceException {
        Demuxer demuxer = null;
        Decoder decoder = null;
        try (Options options = Options.of(settings)) {
            demuxer = Demuxer.open(settings, options, stopped, nanoTime);
            decoder = Decoder.open(demuxer.stream(), settings.address(), settings.decode(), options);
            for (String left : options.left()) {
                if (settings.options().containsKey(left)) {
                    throw Failure.unknownOption(settings.address(), left);
                }
            }
            return new FfmpegInput(demuxer, decoder, settings);
        } catch (Throwable e) {
            closeBoth(demuxer, decoder);
            throw e;
        }
    }

    @Override
    public boolean isLive() {
        return demuxer.isLive();
    }

    @Override
    public boolean next() throws SourceException {
        packetIsPicture = false;
        while (!packetIsPicture) {
            switch (decoder.receive()) {
                case FRAME -> {
                    return true;
                }
                case END -> {
                    return false;
                }
                case NEEDS_PACKET -> feed();
            }
        }
        return true;
    }

    @Override
    public OptionalLong presentationMicros() {
        return demuxer.micros(packetIsPicture ? demuxer.packet().pts() : decoder.frame().best_effort_timestamp());
    }

    @Override
    public long frameMicros() {
        AVRational rate = demuxer.stream().avg_frame_rate();
        return rate.num() <= 0 || rate.den() <= 0 ? GUESSED_FRAME_MICROS : Math.max(1, 1_000_000L * rate.den() / rate.num());
    }

    @Override
    public OptionalLong takenMicros() {
        return demuxer.takenMicros(presentationMicros());
    }

    @Override
    public Picture picture() throws SourceException {
        return packetIsPicture ? jpgPackets.picture(demuxer.packet()) : pictures.of(decoder.frame());
    }

    @Override
    public long decodingErrors() {
        return decoder.errors();
    }

    @Override
    public String description() {
        boolean decoded = !packetIsPicture && decoder.frame().width() > 0;
        return Descriptions.of(
                decoder.codec(), decoded ? decoder.frame().width() : demuxer.stream().codecpar().width(),
                decoded ? decoder.frame().height() : demuxer.stream().codecpar().height(), demuxer.stream().avg_frame_rate());
    }

    @Override
    public void close() {
        try {
            pictures.close();
        } finally {
            closeBoth(demuxer, decoder);
        }
    }

    private void feed() throws SourceException {
        if (!drained && demuxer.next()) {
            packetIsPicture = jpgPackets.areFit(demuxer.packet());
            if (!packetIsPicture) {
                decoder.send(demuxer.packet());
            }
        } else {
            drained = true;
            decoder.send(null);
        }
    }

    private static void closeBoth(Demuxer demuxer, Decoder decoder) {
        try {
            if (decoder != null) {
                decoder.close();
            }
        } finally {
            if (demuxer != null) {
                demuxer.close();
            }
        }
    }
}
