package io.github.camellva.video.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.bytedeco.ffmpeg.avutil.AVRational;

/** What a stream is, for people. */
final class Descriptions {

    private Descriptions() {
    }

    /** What is not known is left out. */
    static String of(String codec, int width, int height, AVRational framesPerSecond) {
        List<String> parts = new ArrayList<>();
        if (!codec.isEmpty()) {
            parts.add(codec);
        }
        if (width > 0) {
            parts.add(width + "x" + height);
        }
        if (framesPerSecond.num() > 0 && framesPerSecond.den() > 0) {
            parts.add(String.format(Locale.ROOT, "%.1f frames per second", (double) framesPerSecond.num() / framesPerSecond.den()));
        }
        return String.join(", ", parts);
    }
}
