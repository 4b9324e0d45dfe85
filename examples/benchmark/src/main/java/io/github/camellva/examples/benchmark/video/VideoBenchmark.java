package io.github.camellva.examples.benchmark.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.management.OperatingSystemMXBean;

/**
 * What decoding costs, against the program ffmpeg on one thread; how old frames of many cameras are; and how soon a lost camera is
 * back. Arguments: a video with H.264, or nothing to leave that out, and the script of a camera.
 */
public final class VideoBenchmark {

    private static final int PASSES = 4;
    private static final int ROUNDS = 3;
    private static final int CAMERAS = 16;
    private static final Duration WATCHED = Duration.ofSeconds(30);
    private static final Duration LOSS = Duration.ofSeconds(10);
    private static final Pattern FRAMES = Pattern.compile("frame= *(\\d+)");
    private static final Pattern TIMES = Pattern.compile("bench: utime=([\\d.]+)s stime=([\\d.]+)s");
    private static final OperatingSystemMXBean MACHINE = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private VideoBenchmark() {
    }

    public static void main(String[] args) throws Exception {
        if (!args[0].isEmpty()) {
            decoding(Path.of(args[0]));
        }
        manyCameras(args[1]);
        lostCamera(args[1]);
        System.exit(0);
    }

    /** Our processor time is that of the whole JVM, after it has warmed up. */
    private static void decoding(Path video) throws Exception {
        List<Double> ffmpeg = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        List<Double> keyframes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ffmpeg.add(ffmpegMicros(video));
            all.add(routeMicros("lvavideo:" + video + "?loop=true", 1));
            keyframes.add(routeMicros("lvavideo:" + video + "?loop=true&decode=keyframes&framesPerSecond=1", 0));
        }
        System.out.printf("ffmpeg, one thread: %.0f us of processor time a frame%n", median(ffmpeg));
        System.out.printf("lvavideo, all frames to BGR24: %.0f us a frame, %.2f times ffmpeg%n", median(all), median(all) / median(ffmpeg));
        System.out.printf("lvavideo, decode=keyframes, framesPerSecond=1: %.3f times all frames%n", median(keyframes) / median(all));
    }

    private static double ffmpegMicros(Path video) throws Exception {
        Process process = new ProcessBuilder(
                "ffmpeg", "-benchmark", "-threads", "1", "-stream_loop", Integer.toString(PASSES - 1), "-i", video.toString(),
                "-pix_fmt", "bgr24", "-f", "null", "-").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        long frames = 0;
        for (Matcher frame = FRAMES.matcher(output); frame.find();) {
            frames = Long.parseLong(frame.group(1));
        }
        Matcher times = TIMES.matcher(output);
        if (!times.find()) {
            throw new IOException("ffmpeg said no times: " + output);
        }
        return (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2))) * 1e6 / frames;
    }

    /** @param everyFrame 1 to count by frames that come; 0 by those that would */
    private static double routeMicros(String uri, int everyFrame) throws Exception {
        long pass = framesOfPass(uri);
        try (VideoRoute route = new VideoRoute().add(uri).start()) {
            route.awaitFrames(pass);
            long before = MACHINE.getProcessCpuTime();
            route.awaitFrames(pass * (1 + PASSES));
            double micros = (MACHINE.getProcessCpuTime() - before) / 1e3 / PASSES;
            return micros / (everyFrame == 1 ? pass : framesOfPass(uri.replaceFirst("&.*", "")));
        }
    }

    /** Played once, without a loop. */
    private static long framesOfPass(String uri) throws Exception {
        try (VideoRoute route = new VideoRoute().add(uri.replace("loop=true", "loop=false")).start()) {
            long before = -1;
            while (route.frames() == 0 || before != route.frames()) {
                before = route.frames();
                pause(Duration.ofMillis(300));
            }
            return before;
        }
    }

    private static void manyCameras(String script) throws Exception {
        try (CameraProcess camera = CameraProcess.start(script, 0); VideoRoute routes = new VideoRoute()) {
            for (int i = 0; i < CAMERAS; i++) {
                routes.add("lvavideo:rtsp://127.0.0.1:" + camera.port() + "/camera0?framesPerSecond=5&graphInstanceName=camera" + i);
            }
            routes.start();
            pause(Duration.ofSeconds(10));
            routes.ages().reset();
            long before = routes.frames();
            long cpu = MACHINE.getProcessCpuTime();
            pause(WATCHED);
            System.out.printf("%d cameras of 640x360 and 25 frames/s, 5 frames/s each to routes: %.1f frames/s, age at the route %d ms median,"
                              + " %d ms 99th percentile, %d ms the oldest, %.2f processors%n", CAMERAS,
                    (double) (routes.frames() - before) / WATCHED.toSeconds(), routes.ages().getValueAtPercentile(50),
                    routes.ages().getValueAtPercentile(99), routes.ages().getMaxValue(),
                    (MACHINE.getProcessCpuTime() - cpu) / 1e9 / WATCHED.toSeconds());
        }
    }

    private static void lostCamera(String script) throws Exception {
        int port;
        try (VideoRoute route = new VideoRoute()) {
            try (CameraProcess camera = CameraProcess.start(script, 0)) {
                port = camera.port();
                route.add("lvavideo:rtsp://127.0.0.1:" + port + "/camera0").start();
                route.awaitFrames(50);
            }
            List<Double> waits = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                pause(LOSS);
                long before = route.frames();
                try (CameraProcess camera = CameraProcess.start(script, port)) {
                    long back = System.nanoTime();
                    route.awaitFrames(before + 1);
                    waits.add((System.nanoTime() - back) / 1e6);
                    route.awaitFrames(before + 50);
                }
            }
            System.out.printf("a camera back after a loss of %d s: first frame after %s ms%n", LOSS.toSeconds(),
                    waits.stream().map(wait -> String.format("%.0f", wait)).toList());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }

    /** An RTSP server. */
    private record CameraProcess(Process process, int port) implements AutoCloseable {

        static CameraProcess start(String script, int port) throws IOException {
            Process process = new ProcessBuilder("/usr/bin/python3", script, Integer.toString(port), "h264", "640", "360", "25")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            return new CameraProcess(process, Integer.parseInt(output.readLine()));
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
