package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who does a picture task, in a process of its own. */
interface PictureContestant extends AutoCloseable {

    String name();

    /** @return CPU time of all threads for so many frames */
    Duration convert(int frames) throws Exception;

    @Override
    default void close() throws Exception {
    }

    static PictureContestant ofConverter(String converter, PictureTask task, Path pictures) throws Exception {
        return new Converter(
                converter, ChildJvm.start(
                        converter, List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dcamellva.pictures=" + converter), PictureLoop.class,
                        task.name(), pictures.toString()));
    }

    static PictureContestant ofProgram(PictureTask task, Path pictures) {
        return new Program(task, pictures);
    }

    /** A converter of the component. */
    record Converter(String name, ChildJvm jvm) implements PictureContestant {

        @Override
        public Duration convert(int frames) throws IOException {
            CpuTime before = jvm.cpuTime();
            jvm.ask(Integer.toString(frames));
            return jvm.cpuTime().since(before);
        }

        @Override
        public void close() throws IOException {
            jvm.close();
        }
    }

    /** The program ffmpeg with one thread; what it takes to start is left out. */
    record Program(PictureTask task, Path pictures) implements PictureContestant {

        private static final Pattern CPU_TIME = Pattern.compile("bench: utime=([0-9.]+)s stime=([0-9.]+)s");
        private static final int FEWEST_FRAMES = 20;

        @Override
        public String name() {
            return "ffmpeg -threads 1";
        }

        @Override
        public Duration convert(int frames) throws Exception {
            return run(FEWEST_FRAMES + frames).minus(run(FEWEST_FRAMES));
        }

        private Duration run(int frames) throws Exception {
            List<String> command = new ArrayList<>(List.of(
                    "ffmpeg", "-hide_banner", "-nostdin", "-benchmark", "-threads", "1", "-filter_threads", "1", "-stream_loop", "-1",
                    "-f", "rawvideo", "-pixel_format", "bgr24", "-video_size", task.width() + "x" + task.height(), "-i",
                    pictures.toString(), "-frames:v", Integer.toString(frames), "-threads", "1"));
            command.addAll(task.ffmpegOutput());
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            Matcher time = CPU_TIME.matcher(output);
            if (process.waitFor() != 0 || !time.find()) {
                throw new IOException("ffmpeg failed: " + output);
            }
            double seconds = Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
            return Duration.ofNanos((long) (seconds * 1e9));
        }
    }
}
