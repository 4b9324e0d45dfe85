package io.github.camellva.examples.rig.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.load.Figures;
import io.github.camellva.examples.rig.load.LoadProcess;

/** What a process has at a moment, as Linux and its JVM tell it. */
final class ProcessSample {

    private static final double MIB = 1 << 20;
    private static final double KIB_IN_MIB = 1 << 10;

    private ProcessSample() {
    }

    static Map<Measure, Double> take(LoadProcess process) throws IOException {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        Figures figures = process.figures();
        Map<Measure, Double> sample = new EnumMap<>(Measure.class);
        sample.put(Measure.RSS, status(proc, "VmRSS:") / KIB_IN_MIB);
        sample.put(Measure.HEAP, figures.get("heap") / MIB);
        sample.put(Measure.DIRECT, figures.get("direct") / MIB);
        sample.put(Measure.THREADS, status(proc, "Threads:"));
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            sample.put(Measure.DESCRIPTORS, (double) descriptors.count());
        }
        try (Stream<String> mappings = Files.lines(proc.resolve("maps"))) {
            sample.put(Measure.MAPPINGS, (double) mappings.count());
        }
        return sample;
    }

    private static double status(Path proc, String figure) throws IOException {
        for (String line : Files.readAllLines(proc.resolve("status"))) {
            if (line.startsWith(figure)) {
                return Double.parseDouble(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(proc + "/status does not have " + figure);
    }
}
