package io.github.camellva.examples.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.Source.Kind;
import io.github.camellva.examples.rig.UsageException;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;

/** Opens what users name as a source. */
public final class Sources {

    private static final String MICROSECONDS_TO_WAIT = "10000000";
    private static final String ACCEPTED
            = "accepted are a video file, a directory of pictures, an rtsp:// or http:// URL, webcam, and webcam:N";

    private Sources() {
    }

    static Source open(String source) throws IOException, UsageException {
        if (source.equals("webcam") || source.startsWith("webcam:")) {
            return webcam(source);
        } else if (source.contains("://")) {
            return url(source);
        }
        Path path = path(source);
        return Files.isDirectory(path) ? PictureDirectory.open(path) : video("-Dsource", path);
    }

    private static Path path(String source) throws UsageException {
        try {
            Path path = Path.of(source);
            if (!source.isEmpty() && Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw new UsageException("-Dsource=" + source + ": there is no such file or directory; " + ACCEPTED);
    }

    /** @param option by which the user has named the file */
    public static Source video(String option, Path file) throws UsageException {
        try {
            return FfmpegSource.open(Names.of(file), file.toString(), Kind.RECORDING, new FFmpegFrameGrabber(file.toFile()));
        } catch (FrameGrabber.Exception e) {
            throw new UsageException(option + "=" + file + ": it cannot be read as a video: " + e.getMessage()
                                     + "; accepted are files such as .mp4, .mkv and .ts");
        }
    }

    private static Source url(String url) throws UsageException {
        String shown = Names.withoutCredentials(url);
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(url);
        switch (url.substring(0, url.indexOf("://")).toLowerCase(Locale.ROOT)) {
            case "rtsp", "rtsps" -> {
                // frames over UDP are often lost, and the first seconds wait for them
                grabber.setOption("rtsp_transport", "tcp");
                grabber.setOption("timeout", MICROSECONDS_TO_WAIT);
            }
            case "http", "https" -> grabber.setOption("rw_timeout", MICROSECONDS_TO_WAIT);
            default -> throw new UsageException(
                    "-Dsource=" + shown + ": accepted are rtsp://, rtsps://, http:// and https:// URLs");
        }
        try {
            return FfmpegSource.open(Names.of(url), shown, Kind.LIVE, grabber);
        } catch (FrameGrabber.Exception e) {
            throw new UsageException("-Dsource=" + shown + ": no video comes from there: " + e.getMessage());
        }
    }

    private static Source webcam(String source) throws IOException, UsageException {
        String number = source.equals("webcam") ? "0" : source.substring("webcam:".length());
        if (!number.matches("\\d{1,3}")) {
            throw new UsageException("-Dsource=" + source + ": accepted are webcam, and webcam:N for /dev/videoN");
        }
        Path device = Path.of("/dev/video" + number);
        if (!Files.exists(device)) {
            throw new UsageException("-Dsource=" + source + ": there is no webcam " + device + "; " + webcams());
        }
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(device.toString());
        grabber.setFormat("v4l2");
        try {
            return FfmpegSource.open("webcam-" + number, "webcam " + device, Kind.LIVE, grabber);
        } catch (FrameGrabber.Exception e) {
            throw new UsageException("-Dsource=" + source + ": no video comes from " + device + ": " + e.getMessage());
        }
    }

    private static String webcams() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "webcams are opened by Video4Linux, on Linux only";
        }
        try (Stream<Path> devices = Files.list(Path.of("/dev"))) {
            String found = devices.map(Path::toString).filter(device -> device.startsWith("/dev/video")).sorted()
                    .collect(Collectors.joining(", "));
            return found.isEmpty() ? "none is connected to this machine" : "this machine has " + found;
        }
    }
}
