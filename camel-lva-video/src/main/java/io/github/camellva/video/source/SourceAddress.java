package io.github.camellva.video.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Where frames come from, as users write it. What it shows of itself has no credentials. */
public final class SourceAddress {

    static final String ACCEPTED = "accepted are rtsp://, rtsps://, http:// and https:// addresses, a file, a directory of pictures,"
                                   + " webcam, webcam:N, and lavfi: with one of FFmpeg's test sources";

    private static final Pattern URL = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?<userInfo>.*)@)?(?<rest>[^@]*)", Pattern.DOTALL);
    private static final Pattern WEBCAM = Pattern.compile("webcam(?::(?<number>\\d{1,3}))?|(?<device>/dev/video\\d{1,3})");
    private static final Pattern ENCRYPTED = Pattern.compile("(?:rtsps|https)://");
    private static final String LAVFI = "lavfi:";

    /** What opens it. */
    public enum Kind {

        RTSP,
        HTTP,
        FILE,
        DIRECTORY,
        WEBCAM,
        TEST;

        /** Whether nobody can make it wait: a frame that is not taken is lost. */
        public boolean isLive() {
            return this == RTSP || this == HTTP || this == WEBCAM;
        }
    }

    private final Kind kind;
    private final String location;
    private final String shown;

    private SourceAddress(Kind kind, String location, String shown) {
        this.kind = kind;
        this.location = location;
        this.shown = shown;
    }

    /**
     * Reads an address.
     *
     * @param  query                    of a network address, without the question mark
     * @param  username                 of a network camera
     * @throws IllegalArgumentException naming what is accepted
     */
    public static SourceAddress of(String text, @Nullable String query, @Nullable String username, @Nullable String password) {
        Matcher url = URL.matcher(text);
        if (url.matches()) {
            return network(url, query, username, password);
        }
        if (query != null || username != null || password != null) {
            throw new IllegalArgumentException("query, username and password belong to rtsp:// and http:// addresses, and the source is '" + text + "'");
        }
        Matcher webcam = WEBCAM.matcher(text);
        if (webcam.matches()) {
            String device = webcam.group("device");
            String number = webcam.group("number");
            return local(Kind.WEBCAM, device != null ? device : "/dev/video" + (number == null ? "0" : number));
        }
        if (text.startsWith(LAVFI)) {
            return local(Kind.TEST, text.substring(LAVFI.length()));
        }
        return file(text);
    }

    static SourceAddress file(Path file) {
        return new SourceAddress(Kind.FILE, file.toString(), file.toString());
    }

    /** An address without user, password and query, which may have a token in it. */
    public static String withoutCredentials(String text) {
        Matcher url = URL.matcher(text);
        return url.matches() ? url.group("scheme") + "://" + url.group("rest").replaceFirst("\\?.*", "") : text;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it is reached by TLS. */
    public boolean isEncrypted() {
        return ENCRYPTED.matcher(location).lookingAt();
    }

    /** What FFmpeg opens, with credentials: for no one else. */
    public String location() {
        return location;
    }

    /** What is shown to people. */
    @Override
    public String toString() {
        return shown;
    }

    private static SourceAddress local(Kind kind, String location) {
        return new SourceAddress(kind, location, location);
    }

    private static SourceAddress file(String text) {
        try {
            Path path = Path.of(text);
            return new SourceAddress(
                    Files.isDirectory(path) ? Kind.DIRECTORY : Kind.FILE, path.toAbsolutePath().normalize().toString(), text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' names no source; " + ACCEPTED, e);
        }
    }

    private static SourceAddress network(Matcher url, @Nullable String query, @Nullable String username, @Nullable String password) {
        String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
        Kind kind = switch (scheme) {
            case "rtsp", "rtsps" -> Kind.RTSP;
            case "http", "https" -> Kind.HTTP;
            default -> throw new IllegalArgumentException("'" + scheme + "://' is not opened; " + ACCEPTED);
        };
        String rest = url.group("rest") + (query == null ? "" : (url.group("rest").contains("?") ? "&" : "?") + query);
        String userInfo = userInfo(url.group("userInfo"), username, password);
        return new SourceAddress(
                kind, scheme + "://" + (userInfo == null ? "" : userInfo + "@") + rest, withoutCredentials(url.group()));
    }

    private static @Nullable String userInfo(@Nullable String written, @Nullable String username, @Nullable String password) {
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException(
                    (username == null ? "password is set and username" : "username is set and password") + " is not; they belong together");
        }
        return username == null ? written : encoded(username) + ":" + encoded(password);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
