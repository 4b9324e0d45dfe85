package io.github.camellva.video.ffmpeg;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.camellva.video.source.InputSettings;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avutil;

/** Options by name, as FFmpeg wants them: whoever knows one takes it out. */
final class Options implements AutoCloseable {

    private final AVDictionary dictionary = new AVDictionary(null);

    private Options() {
    }

    /** What opens a source; what its author says comes last. */
    static Options of(InputSettings settings) {
        Map<String, String> all = new LinkedHashMap<>(defaults(settings));
        all.putAll(settings.options());
        Options options = new Options();
        all.forEach(options::put);
        return options;
    }

    void put(String name, String value) {
        avutil.av_dict_set(dictionary, name, value, 0);
    }

    AVDictionary dictionary() {
        return dictionary;
    }

    /** The name of one that nobody took; null if all were. */
    String left() {
        AVDictionaryEntry entry = avutil.av_dict_iterate(dictionary, null);
        return entry == null || entry.isNull() ? null : entry.key().getString();
    }

    @Override
    public void close() {
        avutil.av_dict_free(dictionary);
    }

    /** A stream may refer to others: only to such as are of its kind, so that a camera cannot have files of this machine read. */
    private static Map<String, String> defaults(InputSettings settings) {
        return switch (settings.address().kind()) {
            case RTSP -> Map.of(
                    "rtsp_transport", settings.transport().name().toLowerCase(Locale.ROOT),
                    "allowed_media_types", "video",
                    "protocol_whitelist", "rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto");
            case HTTP -> Map.of("protocol_whitelist", "http,https,tcp,tls,crypto,data");
            case FILE, DIRECTORY -> Map.of("protocol_whitelist", "file,crypto,data");
            case WEBCAM, TEST -> Map.of();
        };
    }
}
