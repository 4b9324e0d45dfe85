package io.github.camellva.video.ffmpeg;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.SourceException;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avutil;

/** Options by name, as FFmpeg wants them: whoever knows one takes it out. */
final class Options implements AutoCloseable {

    private final AVDictionary dictionary = new AVDictionary(null);

    private Options() {
    }

    /** What opens a source; what its author says comes last. */
    static Options of(InputSettings settings) throws SourceException {
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

    /** Names of those that nobody took. */
    Set<String> left() {
        Set<String> names = new LinkedHashSet<>();
        AVDictionaryEntry entry = avutil.av_dict_iterate(dictionary, null);
        while (entry != null && !entry.isNull()) {
            names.add(entry.key().getString());
            entry = avutil.av_dict_iterate(dictionary, entry);
        }
        return names;
    }

    @Override
    public void close() {
        avutil.av_dict_free(dictionary);
    }

    /** A stream may refer to others: only to such as are of its kind, so that a camera cannot have files of this machine read. */
    private static Map<String, String> defaults(InputSettings settings) throws SourceException {
        Map<String, String> defaults = new LinkedHashMap<>();
        switch (settings.address().kind()) {
            case RTSP -> {
                defaults.put("rtsp_transport", settings.transport().name().toLowerCase(Locale.ROOT));
                defaults.put("allowed_media_types", "video");
                defaults.put("protocol_whitelist", "rtsp,rtsps,rtp,srtp,udp,tcp,tls,crypto");
            }
            case HTTP -> defaults.put("protocol_whitelist", "http,https,tcp,tls,crypto,data");
            case FILE, DIRECTORY -> defaults.put("protocol_whitelist", "file,crypto,data");
            case WEBCAM, TEST -> {
                // nothing to restrict
            }
        }
        if (settings.address().isEncrypted()) {
            defaults.put("tls_verify", "1");
            if (!settings.options().containsKey("ca_file")) {
                defaults.put("ca_file", TrustedAuthorities.file().toString());
            }
        }
        return defaults;
    }
}
