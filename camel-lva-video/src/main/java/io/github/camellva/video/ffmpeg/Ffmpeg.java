package io.github.camellva.video.ffmpeg;

import java.nio.charset.StandardCharsets;

import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;

/** The library as a whole. */
final class Ffmpeg {

    private static final int LONGEST_ERROR = 256;

    static {
        // what it would print has addresses in it, with their passwords; what matters is in its error codes
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        avformat.avformat_network_init();
        // what is needed for the first picture is missed when the source is opened
        swscale.swscale_version();
    }

    private Ffmpeg() {
    }

    /** Loads the library, if nobody has done so. */
    static void load() {
        // the static block does
    }

    /** What reads webcams. It needs libraries of the system for sound and windows, so that it is loaded for them alone. */
    static void loadDevices() {
        Devices.register();
    }

    /** What FFmpeg says of an error code. */
    static String describe(int error) {
        byte[] text = new byte[LONGEST_ERROR];
        avutil.av_strerror(error, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    /** Registered once. */
    private static final class Devices {

        static {
            avdevice.avdevice_register_all();
        }

        static void register() {
            // the static block does
        }
    }
}
