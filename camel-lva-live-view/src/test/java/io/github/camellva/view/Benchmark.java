package io.github.camellva.view;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.camellva.grpc.FrameObserver;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureCodec;

/** What a live view costs, and how late a frame is painted. To be run on a machine that has nothing else to do. */
final class Benchmark {

    private static final int SECONDS = Integer.getInteger("seconds", 20);
    private static final int FRAMES_PER_SECOND = 10;
    private static final int CALLS = 20_000_000;
    private static final String OPTIONS = "show=received&maximumFramesPerSecond=20";

    private final List<ByteBuffer> pictures = pictures();

    public static void main(String[] arguments) throws Exception {
        Benchmark benchmark = new Benchmark();
        benchmark.nobodyLooks();
        benchmark.oneViewerOfNineCameras();
        benchmark.fiftyViewersOfFourCameras();
        benchmark.untilItIsPainted();
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
            double without = coreShare(() -> TimeUnit.SECONDS.sleep(SECONDS));
            long[] frames = new long[1];
            double with = coreShare(() -> frames[0] = viewers(application, 1, 0));
            print("9 cameras of JPG, %d frames/s each: %.1f %% of a core without a viewer, %.1f %% with one, who got %.1f frames/s",
                    FRAMES_PER_SECOND, 100 * without, 100 * with, (double) frames[0] / SECONDS);
        }
    }

    private void fiftyViewersOfFourCameras() throws Exception {
        try (Application application = start(4)) {
            awaitCameras(application, 4);
            TestCamera.LATENCIES.clear();
            TimeUnit.SECONDS.sleep(SECONDS);
            String without = latencies(TestCamera.LATENCIES);
            double heapBefore = heap();
            TestCamera.LATENCIES.clear();
            long frames = viewers(application, 45, 5);
            print("50 viewers of 4 cameras, 5 of them reading a byte a second: routes %s without, %s with them; heap %.1f MiB before, %.1f"
                  + " MiB after; a fast viewer got %.1f frames/s",
                    without, latencies(TestCamera.LATENCIES), heapBefore, heap(), (double) frames / SECONDS / 45);
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
        // for the compiler
        TimeUnit.SECONDS.sleep(5);
    }

    private static long viewers(Application application, int fast, int slow) throws Exception {
        Process process = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                BenchmarkViewers.class.getName(), application.page().toString(), String.valueOf(SECONDS), String.valueOf(fast),
                String.valueOf(slow)).redirectErrorStream(true).start();
        long frames = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("frames ")) {
                    frames = Long.parseLong(line.substring("frames ".length()));
                } else {
                    print("%s", line);
                }
            }
        }
        process.waitFor();
        return frames;
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
