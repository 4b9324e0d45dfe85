package io.github.camellva.view;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.camellva.grpc.FrameObserver;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureCodec;

/**
 * What a live view costs, and how late a frame is painted. To be run on a machine that has nothing else to do. {@code -Dseconds=20} is how
 * long each measurement takes, {@code -Donly=fifty,painted} leaves out the others.
 */
final class Benchmark {

    private static final int SECONDS = Integer.getInteger("seconds", 20);
    private static final int FRAMES_PER_SECOND = 10;
    private static final int CALLS = 20_000_000;
    private static final String OPTIONS = "show=received";

    private final List<ByteBuffer> pictures = pictures();

    public static void main(String[] arguments) throws Exception {
        Benchmark benchmark = new Benchmark();
        Map<String, Work> all = new LinkedHashMap<>();
        all.put("nobody", benchmark::nobodyLooks);
        all.put("one", benchmark::oneViewerOfNineCameras);
        all.put("fifty", benchmark::fiftyViewersOfFourCameras);
        all.put("painted", benchmark::untilItIsPainted);
        for (String name : System.getProperty("only", String.join(",", all.keySet())).split(",")) {
            all.get(name).run();
        }
        System.exit(0);
    }

    private void nobodyLooks() throws Exception {
        try (Application application = start(0)) {
            FrameObserver view = application.view();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long bytes = 0;
            long nanos = 0;
            for (int round = 0; round < 3; round++) {
                long bytesBefore = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                long before = System.nanoTime();
                for (int i = 0; i < CALLS; i++) {
                    if (view.isInterested("gate")) {
                        throw new IllegalStateException("nobody looks");
                    }
                }
                nanos = System.nanoTime() - before;
                bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytesBefore;
            }
            print("nobody looks: %.1f ns and %.3f bytes a frame", (double) nanos / CALLS, (double) bytes / CALLS);
        }
    }

    private void oneViewerOfNineCameras() throws Exception {
        try (Application application = start(9)) {
            awaitCameras(application, 9);
            warmUp(application, 1, 0);
            double without = coreShare(() -> TimeUnit.SECONDS.sleep(SECONDS));
            Watched[] watched = new Watched[1];
            double with = coreShare(() -> watched[0] = viewers(application, 1, 0));
            print("9 cameras of JPG, %d frames/s each: %.1f %% of a core without a viewer, %.1f %% with one; %s",
                    FRAMES_PER_SECOND, 100 * without, 100 * with, watched[0]);
        }
    }

    private void fiftyViewersOfFourCameras() throws Exception {
        try (Application application = start(4)) {
            awaitCameras(application, 4);
            warmUp(application, 45, 5);
            double heapBefore = heap();
            TestCamera.LATENCIES.clear();
            double without = coreShare(() -> TimeUnit.SECONDS.sleep(SECONDS));
            print("4 cameras of JPG, nobody looks: %.1f %% of a core; routes %s; heap %.1f MiB, process %d MiB",
                    100 * without, latencies(TestCamera.LATENCIES), heapBefore, residentMebibytes());
            for (int round = 0; round < 2; round++) {
                TestCamera.LATENCIES.clear();
                Watched[] watched = new Watched[1];
                double with = coreShare(() -> watched[0] = viewers(application, 45, 5));
                print("50 viewers of them, 5 of whom read a byte a second: %.1f %% of a core; routes %s; heap %.1f MiB, process %d MiB; %s",
                        100 * with, latencies(TestCamera.LATENCIES), heap(), residentMebibytes(), watched[0]);
            }
        }
    }

    private void untilItIsPainted() throws Exception {
        try (Application application = start(1); Browser browser = Browser.open()) {
            awaitCameras(application, 1);
            browser.driver().get(application.page().toString());
            browser.evaluate("window.painted = []; document.addEventListener('painted', (e) => painted.push("
                             + "e.detail.painted - (e.detail.time - e.detail.latency)))");
            TimeUnit.SECONDS.sleep(SECONDS);
            List<Long> micros = new ArrayList<>();
            for (Object millis : (List<?>) browser.evaluate("return painted")) {
                micros.add(Math.round(((Number) millis).doubleValue() * 1000));
            }
            print("from a frame's arrival to painted, JPG 640x360: %s, %d frames", latencies(micros), micros.size());
        }
    }

    private Application start(int cameras) throws Exception {
        Application application = Application.start(OPTIONS, exchange -> exchange.getMessage().setBody(Findings.ofEveryKind()));
        for (int i = 0; i < cameras; i++) {
            int first = i;
            application.camera("camera " + i, "encoding=JPG", FRAMES_PER_SECOND,
                    index -> pictures.get((int) ((first + index) % pictures.size())).duplicate());
        }
        return application;
    }

    private static void awaitCameras(Application application, int cameras) throws InterruptedException {
        do {
            TimeUnit.MILLISECONDS.sleep(500);
            application.view().cameras().refresh();
        } while (application.view().cameras().all().size() < cameras);
        TimeUnit.SECONDS.sleep(5);
    }

    /** Until the compiler has done most of its work, and nobody looks any more. */
    private static void warmUp(Application application, int fast, int slow) throws Exception {
        viewers(application, fast, slow);
        while (application.view().isInterested("")) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /**
     * What fast viewers have got.
     *
     * @param frames of each
     * @param core   share of a core that the viewers took themselves
     */
    private record Watched(List<Long> frames, long requests, double core) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "a fast viewer got %.1f frames/s, the one with the fewest %.1f, in %.1f answers/s; the viewers"
                                              + " took %.1f %% of a core themselves",
                    frames.stream().mapToLong(Long::longValue).average().orElse(0) / SECONDS,
                    (double) frames.stream().mapToLong(Long::longValue).min().orElse(0) / SECONDS,
                    (double) requests / frames.size() / SECONDS, 100 * core);
        }
    }

    private static Watched viewers(Application application, int fast, int slow) throws Exception {
        Process process = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                BenchmarkViewers.class.getName(), application.page().toString(), String.valueOf(SECONDS), String.valueOf(fast),
                String.valueOf(slow)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Map<String, List<Long>> figures = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().map(line -> line.split(" ")).forEach(
                    words -> figures.put(words[0], Arrays.stream(words).skip(1).map(Long::valueOf).toList()));
        }
        process.waitFor();
        return new Watched(figures.get("frames"), figures.get("requests").get(0),
                figures.get("processor-millis").get(0) / 1000.0 / SECONDS);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double coreShare(Work work) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        work.run();
        return (double) (system.getProcessCpuTime() - cpu) / (System.nanoTime() - begun);
    }

    private static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    private static long residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10).findFirst().orElse(0);
    }

    /** @param micros of each */
    private static String latencies(Iterable<Long> micros) {
        List<Long> sorted = new ArrayList<>();
        micros.forEach(sorted::add);
        sorted.sort(null);
        return sorted.isEmpty() ? "none" : String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms",
                sorted.get(sorted.size() / 2) / 1000.0, sorted.get((int) (sorted.size() * 0.99)) / 1000.0);
    }

    /** Of some 40 kB each. */
    private static List<ByteBuffer> pictures() {
        Random random = new Random(1);
        List<ByteBuffer> pictures = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            BufferedImage picture = TestCamera.plain(i);
            for (int block = 0; block < 2500; block++) {
                int x = random.nextInt(TestCamera.WIDTH - 8);
                int y = random.nextInt(TestCamera.HEIGHT - 8);
                int colour = random.nextInt();
                for (int at = 0; at < 64; at++) {
                    picture.setRGB(x + at % 8, y + at / 8, colour);
                }
            }
            try {
                pictures.add(PictureCodec.encodeJpg(picture, 60));
            } catch (FrameException e) {
                throw new IllegalStateException(e);
            }
        }
        print("pictures of %d bytes", pictures.get(0).remaining());
        return pictures;
    }

    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
