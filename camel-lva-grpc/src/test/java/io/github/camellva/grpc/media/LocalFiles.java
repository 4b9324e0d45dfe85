package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Files and file systems that Java cannot make. */
public final class LocalFiles {

    /** A file system in memory, as /dev/shm is. */
    public record SmallFileSystem(Path directory) implements AutoCloseable {

        @Override
        public void close() throws Exception {
            assertThat(run("umount", "--lazy", directory.toString())).as("exit code of umount").isZero();
        }
    }

    private LocalFiles() {
    }

    public static void makePipe(Path path) throws Exception {
        assertThat(run("mkfifo", path.toString())).as("exit code of mkfifo").isZero();
    }

    /** Skips the test where this user may not mount. */
    public static SmallFileSystem mount(Path directory, int kibibytes) throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", directory.toString()) == 0,
                "this user may not mount a small file system");
        return new SmallFileSystem(directory);
    }

    private static int run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
