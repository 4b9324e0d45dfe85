package io.github.camellva.examples.benchmark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures what pictures cost before they are sent, with each converter and with the program ffmpeg: CPU time per frame, the median
 * of turns that all of them take alternately.
 */
public final class PictureBenchmark {

    private static final int PICTURES = 10;
    private static final int SHAPES = 40;
    private static final int WARM_UP_TURNS = 8;

    private PictureBenchmark() {
    }

    /** @param args how many turns each contestant takes; 7 if there are none */
    public static void main(String[] args) throws Exception {
        int turns = args.length == 0 || args[0].isBlank() ? 7 : Integer.parseInt(args[0]);
        System.out.println("| CPU time per frame, ms | ffmpeg -threads 1 | ffmpeg | jdk | ffmpeg : program | jdk : program |");
        System.out.println("|---|---|---|---|---|---|");
        for (PictureTask task : PictureTask.values()) {
            Path pictures = Files.createTempFile("pictures", ".bgr24");
            try {
                draw(task, pictures);
                print(task, measure(task, pictures, turns));
            } finally {
                Files.delete(pictures);
            }
        }
    }

    private static Map<String, Double> measure(PictureTask task, Path pictures, int turns) throws Exception {
        Map<String, Double> milliseconds = new LinkedHashMap<>();
        try (PictureContestant program = PictureContestant.ofProgram(task, pictures);
                PictureContestant ffmpeg = PictureContestant.ofConverter("ffmpeg", task, pictures);
                PictureContestant jdk = PictureContestant.ofConverter("jdk", task, pictures)) {
            List<PictureContestant> contestants = List.of(program, ffmpeg, jdk);
            for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
                ffmpeg.convert(task.frames());
                jdk.convert(task.frames());
            }
            Map<PictureContestant, List<Duration>> times = new LinkedHashMap<>();
            for (int turn = 0; turn < turns; turn++) {
                for (PictureContestant contestant : contestants) {
                    times.computeIfAbsent(contestant, key -> new ArrayList<>()).add(contestant.convert(task.frames()));
                }
            }
            times.forEach((contestant, all) -> milliseconds.put(
                    contestant.name(), all.stream().sorted().toList().get(turns / 2).toNanos() / 1e6 / task.frames()));
        }
        return milliseconds;
    }

    private static void print(PictureTask task, Map<String, Double> milliseconds) {
        List<Double> times = List.copyOf(milliseconds.values());
        System.out.println(String.format(
                Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %.2f | %.2f |", task.title(), times.get(0), times.get(1), times.get(2),
                times.get(1) / times.get(0), times.get(2) / times.get(0)));
    }

    /** Areas that move, with a little noise, as of a camera. */
    private static void draw(PictureTask task, Path file) throws Exception {
        Random random = new Random(1);
        try (OutputStream output = Files.newOutputStream(file)) {
            for (int i = 0; i < PICTURES; i++) {
                BufferedImage picture = new BufferedImage(task.width(), task.height(), BufferedImage.TYPE_3BYTE_BGR);
                Graphics2D graphics = picture.createGraphics();
                Random shapes = new Random(2);
                for (int shape = 0; shape < SHAPES; shape++) {
                    graphics.setColor(new Color(shapes.nextInt(1 << 24)));
                    int size = task.height() / 8 + shapes.nextInt(task.height() / 4);
                    graphics.fillOval(shapes.nextInt(task.width()) + 5 * i, shapes.nextInt(task.height()), size, size);
                }
                graphics.dispose();
                byte[] bytes = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
                for (int at = 0; at < bytes.length; at++) {
                    bytes[at] = (byte) Math.min(255, (bytes[at] & 0xff) + random.nextInt(4));
                }
                output.write(bytes);
            }
        }
    }
}
