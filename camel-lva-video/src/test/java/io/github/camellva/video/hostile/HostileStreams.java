package io.github.camellva.video.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.video.ffmpeg.VideoInputs;
import io.github.camellva.video.source.DecodeMode;
import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.PictureFormat;
import io.github.camellva.video.source.SourceAddress;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.Transport;
import io.github.camellva.video.source.VideoInput;

/**
 * Decodes truncated and bit-flipped variants of videos in processes of their own, and says whether one crashed, hung or leaked.
 * Arguments: a directory of videos, how many variants, and the first one.
 */
public final class HostileStreams {

    private static final int VARIANTS_OF_A_PROCESS = 1_000;
    private static final int MOST_FRAMES = 60;
    private static final Duration HANGS = Duration.ofSeconds(10);
    private static final int HEADER_BYTES = 16_000;
    private static final PictureFormat[] FORMATS = PictureFormat.values();

    private HostileStreams() {
    }

    public static void main(String[] args) throws Exception {
        Path videos = Path.of(args[0]);
        int variants = Integer.parseInt(args[1]);
        int first = Integer.parseInt(args[2]);
        if (args.length > 3) {
            decode(videos, first, variants);
            return;
        }
        int crashes = 0;
        for (int from = first; from < first + variants; from += VARIANTS_OF_A_PROCESS) {
            crashes += run(videos, from, Math.min(VARIANTS_OF_A_PROCESS, first + variants - from)) ? 0 : 1;
        }
        System.out.println(variants + " variants, " + crashes + " crashes");
        System.exit(crashes == 0 ? 0 : 1);
    }

    private static boolean run(Path videos, int from, int count) throws Exception {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), HostileStreams.class.getName(), videos.toString(), Integer.toString(count),
                Integer.toString(from), "child").redirectErrorStream(true).start();
        String last = "";
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last = line;
                if (line.startsWith("hang") || line.startsWith("done")) {
                    System.out.println(line);
                }
            }
        }
        process.waitFor(1, TimeUnit.MINUTES);
        if (process.exitValue() != 0) {
            System.out.println("CRASH, exit code " + process.exitValue() + ", after: " + last);
        }
        return process.exitValue() == 0;
    }

    private static void decode(Path directory, int first, int count) throws Exception {
        List<byte[]> videos = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                videos.add(Files.readAllBytes(file));
            }
        }
        Path variant = Files.createTempFile("variant", ".bin");
        long frames = 0;
        long refused = 0;
        long errors = 0;
        long before = 0;
        try {
            for (int number = first; number < first + count; number++) {
                System.out.println("variant " + number);
                Files.write(variant, variant(videos.get(number % videos.size()), new Random(number)));
                long start = System.nanoTime();
                try (VideoInput input = VideoInputs.open(settings(variant, number), () -> isLate(start), System::nanoTime)) {
                    for (int i = 0; i < MOST_FRAMES && input.next(); i++) {
                        input.picture();
                        frames++;
                    }
                    errors += input.decodingErrors();
                } catch (SourceException | IllegalStateException e) {
                    refused++;
                }
                if (isLate(start)) {
                    System.out.println("hang: variant " + number);
                }
                if (number == first + count / 5) {
                    before = residentKib();
                }
            }
        } finally {
            Files.delete(variant);
        }
        System.out.printf("done: variants %d to %d, %d refused, %d frames, %d decoding errors, resident %d MiB after a fifth, %d MiB at the end%n",
                first, first + count - 1, refused, frames, errors, before / 1024, residentKib() / 1024);
    }

    /** One in three is cut short; half of the others have wrong bits where the headers are. */
    private static byte[] variant(byte[] video, Random random) {
        byte[] bytes = video.clone();
        if (random.nextInt(3) == 0) {
            byte[] cut = new byte[random.nextInt(bytes.length)];
            System.arraycopy(bytes, 0, cut, 0, cut.length);
            bytes = cut;
        }
        if (bytes.length > 0 && random.nextInt(4) > 0) {
            boolean headers = random.nextBoolean();
            for (int flips = 1 + random.nextInt(200); flips > 0; flips--) {
                int at = headers ? random.nextInt(Math.min(HEADER_BYTES, bytes.length)) : random.nextInt(bytes.length);
                at = headers && random.nextBoolean() ? bytes.length - 1 - at : at;
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    private static InputSettings settings(Path file, int number) {
        return new InputSettings(
                SourceAddress.of(file.toString(), null, null, null), FORMATS[number % FORMATS.length],
                number % 2 == 0 ? null : new ScaleTarget(ScaleMode.PAD, 200, 200), 75, DecodeMode.ALL, Transport.TCP, HANGS, HANGS,
                Duration.ofMillis(100), Map.of());
    }

    private static boolean isLate(long start) {
        return System.nanoTime() - start > HANGS.toNanos();
    }

    private static long residentKib() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst()
                    .orElse(0);
        }
    }
}
