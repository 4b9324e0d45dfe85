package io.github.camellva.examples.rig.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** A file system in memory, small enough to be filled. */
final class SmallDisk implements AutoCloseable {

    private static final String SIZE = "12m";
    private static final byte[] BLOCK = new byte[4096];

    private static final String FILLER = "filler";
    private static final long LOOK_NANOS = 1_000_000;

    private final Path directory;
    private volatile boolean filling;
    private Thread filler;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** @throws NotPermittedException when this user may not */
    static SmallDisk mount() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("lvagrpc-faults-");
        if (run("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=1777", "tmpfs", directory.toString()) != 0) {
            Files.delete(directory);
            throw new NotPermittedException("mounting a small file system is not permitted; run it as root");
        }
        return new SmallDisk(directory);
    }

    Path directory() {
        return directory;
    }

    /** Until {@link #empty}, also with what others give up. */
    void fill() {
        filling = true;
        filler = new Thread(this::keepFull, "Filler");
        filler.setDaemon(true);
        filler.start();
    }

    void empty() throws IOException, InterruptedException {
        filling = false;
        filler.join();
        Files.deleteIfExists(directory.resolve(FILLER));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (run("umount", "--lazy", directory.toString()) == 0) {
            Files.delete(directory);
        }
    }

    private void keepFull() {
        while (filling) {
            try (OutputStream file = Files.newOutputStream(
                    directory.resolve(FILLER), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    file.write(BLOCK);
                }
            } catch (IOException e) {
                // full
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    /** The fault cannot be made here. */
    static final class NotPermittedException extends IOException {

        private static final long serialVersionUID = 1L;

        NotPermittedException(String message) {
            super(message);
        }
    }
}
