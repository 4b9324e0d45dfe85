package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

@Timeout(30)
class GuardedOpeningTest {

    @TempDir
    Path directory;

    @Test
    void anOpenThatBlocksFailsInTimeAndWhatItOpensLaterIsClosed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        CountDownLatch unblocked = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        assertThatIOException().isThrownBy(() -> GuardedOpening.open(file, () -> {
            awaitUninterruptibly(unblocked);
            return () -> closed.set(true);
        })).withMessageContaining("could not be opened within 2 seconds");
        assertThat(closed).isFalse();
        unblocked.countDown();
        Awaitility.await().untilTrue(closed);
    }

    /** As when somebody swaps the file for a pipe between the check and the opening. */
    @Test
    @EnabledOnOs({ OS.LINUX, OS.MAC })
    void aPipeThatTakesTheFilesPlaceDoesNotHoldTheCaller() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatIOException().isThrownBy(() -> GuardedOpening.open(file, () -> {
            swapForPipe(file);
            return SharedMemoryAccess.COPY.open(file, 100);
        })).withMessageContaining("could not be opened within");
        // lets the opening thread go
        try (var writer = PositionedFile.open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE))) {
            assertThat(Files.exists(file)).isTrue();
        }
    }

    /** As often as he likes, and for good. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aUserWhosePipesBlockOpeningHoldsUpNobodyElsesFiles() throws Exception {
        Path his = Files.createFile(directory.resolve("his"));
        Path ours = Files.createFile(directory.resolve("ours"));
        try {
            Files.setAttribute(his, "unix:uid", 12_345);
        } catch (FileSystemException e) {
            assumeThat(e).as("only root may give files away").isNull();
        }
        CountDownLatch unblocked = new CountDownLatch(1);
        List<CompletableFuture<Void>> stuck = IntStream.range(0, 20).mapToObj(i -> CompletableFuture.runAsync(
                () -> assertThatIOException().isThrownBy(() -> GuardedOpening.open(his, () -> {
                    awaitUninterruptibly(unblocked);
                    return () -> { };
                })), task -> new Thread(task).start())).toList();
        try {
            CompletableFuture.allOf(stuck.toArray(CompletableFuture<?>[]::new)).get(20, TimeUnit.SECONDS);
            try (AutoCloseable open = GuardedOpening.open(ours, () -> () -> { })) {
                assertThat(open).isNotNull();
            }
        } finally {
            unblocked.countDown();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeThatHasAWriterIsNotTakenForAFile() throws Exception {
        Path pipe = directory.resolve("pipe");
        LocalFiles.makePipe(pipe);
        try (var writer = PositionedFile.open(pipe, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE))) {
            assertThatIOException().isThrownBy(() -> SharedMemoryAccess.COPY.open(pipe, 100));
            assertThat(timesOpen(pipe)).as("descriptors, of which the writer has one").isEqualTo(1);
        }
    }

    @Test
    void aDirectoryThatTakesTheFilesPlaceIsRefused() {
        assertThatIOException().isThrownBy(() -> SharedMemoryAccess.COPY.open(directory, 100));
    }

    @Test
    void whatFailsKeepsItsKind() throws Exception {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> GuardedOpening.open(directory.resolve("none"), () -> null));
        Path file = Files.createFile(directory.resolve("file"));
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> GuardedOpening.open(file, () -> {
            throw new OutOfMemoryError("made up");
        }));
        assertThatIOException().isThrownBy(() -> GuardedOpening.open(file, () -> {
            throw new IllegalStateException("made up");
        })).withMessageContaining("made up");
    }

    @Test
    void idleOpenersEnd() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        GuardedOpening.open(file, () -> () -> { });
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("lvagrpc-open")));
    }

    private static long timesOpen(Path path) throws IOException {
        try (var links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(link -> {
                try {
                    return Files.readSymbolicLink(link).equals(path);
                } catch (IOException e) {
                    return false;
                }
            }).count();
        }
    }

    private static void swapForPipe(Path file) throws IOException {
        Files.delete(file);
        try {
            LocalFiles.makePipe(file);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
