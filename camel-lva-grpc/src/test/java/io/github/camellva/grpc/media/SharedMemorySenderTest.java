package io.github.camellva.grpc.media;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SharedMemorySenderTest {

    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rw-rw-rw-");

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadByTheExtensionAtTheOffsetOfTheSlot() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 100, FOR_ALL)) {
            sender.write(ByteBuffer.wrap(pixels(30, 1))).orElseThrow();
            SharedMemorySender.Slot second = sender.write(ByteBuffer.wrap(pixels(40, 2))).orElseThrow();
            SharedMemory receiver = SharedMemory.open(
                    directory, sender.handleName(), sender.lengthBytes(), SharedMemoryAccess.COPY, 1000);
            assertThat(receiver.read(second.offset(), 40)).isEqualTo(ByteBuffer.wrap(pixels(40, 2)));
            receiver.release();
        }
    }

    @Test
    void aFullBufferSaysSoAndServesAgainWhenASlotIsReleased() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 100, FOR_ALL)) {
            SharedMemorySender.Slot slot = sender.write(ByteBuffer.allocate(60)).orElseThrow();
            assertThat(sender.write(ByteBuffer.allocate(60))).isEmpty();
            slot.release();
            assertThat(sender.write(ByteBuffer.allocate(60))).isPresent();
        }
    }

    @Test
    void releasingASlotTwiceDoesNotFreeAnothersRegion() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            SharedMemorySender.Slot first = sender.write(ByteBuffer.allocate(60)).orElseThrow();
            first.release();
            sender.write(ByteBuffer.allocate(60)).orElseThrow();
            first.release();
            assertThat(sender.freeBytes()).isZero();
        }
    }

    @Test
    void writingLeavesTheFramesPositionAlone() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            ByteBuffer frame = ByteBuffer.wrap(pixels(50, 1)).position(10);
            assertThat(sender.write(frame).orElseThrow().length()).isEqualTo(40);
            assertThat(frame.position()).isEqualTo(10);
        }
    }

    @Test
    void aFrameWithoutBytesIsRefused() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            assertThatIllegalArgumentException().isThrownBy(() -> sender.write(ByteBuffer.allocate(0)));
        }
    }

    @Test
    @EnabledOnOs({ OS.LINUX, OS.MAC })
    void theFileHasThePermissionsAskedForWhateverTheUmask() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(sender.handleName()))).isEqualTo(FOR_ALL);
        }
    }

    @Test
    void closingRemovesTheFile() throws Exception {
        SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL);
        assertThat(directory.resolve(sender.handleName())).hasSize(60);
        sender.close();
        assertThat(directory).isEmptyDirectory();
    }

    /** What Docker gives a container is soon full. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullFileSystemFailsTheFrameOnlyAndServesAgainWhenThereIsSpace() throws Exception {
        try (var files = LocalFiles.mount(directory, 256);
             SharedMemorySender sender = SharedMemorySender.create(directory, 1 << 20, FOR_ALL)) {
            Path other = Files.write(directory.resolve("other"), new byte[200 * 1024]);
            for (int i = 0; i < 20; i++) {
                assertThatIOException().isThrownBy(() -> sender.write(ByteBuffer.allocate(100 * 1024)))
                        .withMessageContaining("102400 bytes").withMessageContaining("No space left")
                        .withMessageContaining("--shm-size").withMessageContaining("sharedMemorySizeMiB");
            }
            assertThat(sender.freeBytes()).as("no slot is lost").isEqualTo(1 << 20);
            Files.delete(other);
            assertReads(sender, pixels(100 * 1024, 5));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileSystemThatIsFullAlreadyIsToldWhenTheBufferIsCreated() throws Exception {
        try (var files = LocalFiles.mount(directory, 64)) {
            Path other = Files.write(directory.resolve("other"), new byte[64 * 1024]);
            assertThatIOException().isThrownBy(() -> SharedMemorySender.create(directory, 1 << 20, FOR_ALL))
                    .withMessageContaining("--shm-size");
            assertThat(directory).isDirectoryNotContaining(file -> !file.equals(other));
        }
    }

    @Test
    void aFileThatSomebodyTruncatedTakesFramesAgain() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 1000, FOR_ALL)) {
            truncate(sender, 0);
            assertReads(sender, pixels(400, 5));
        }
    }

    /** The second time through the mapping, since its pages are there. */
    @Test
    void everyFrameOfASlotThatIsUsedAgainIsRead() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 10_000, FOR_ALL)) {
            for (int i = 0; i < 5; i++) {
                assertReads(sender, pixels(9_000, i));
                assertReads(sender, pixels(10_000, i));
            }
        }
    }

    @Test
    void aFileThatSomebodyTruncatedAfterItsSlotsWereUsedTakesFramesAgain() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 10_000, FOR_ALL)) {
            for (int i = 0; i < 5; i++) {
                assertReads(sender, pixels(9_000, i));
                truncate(sender, 100 * i);
            }
        }
    }

    /** A write to a page that is not there, and cannot be had, would end the JVM. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatLosesItsPagesToAFullFileSystemFailsTheFrameOnly() throws Exception {
        try (var files = LocalFiles.mount(directory, 256);
             SharedMemorySender sender = SharedMemorySender.create(directory, 100 * 1024, FOR_ALL)) {
            assertReads(sender, pixels(100 * 1024, 1));
            assertReads(sender, pixels(100 * 1024, 2));
            truncate(sender, 0);
            Path other = directory.resolve("other");
            assertThatIOException().as("until it is full").isThrownBy(() -> Files.write(other, new byte[1 << 20]));
            assertThatIOException().isThrownBy(() -> sender.write(ByteBuffer.allocate(100 * 1024)))
                    .withMessageContaining("No space left");
            assertThat(sender.freeBytes()).isEqualTo(100 * 1024);
            Files.delete(other);
            assertReads(sender, pixels(100 * 1024, 3));
        }
    }

    /** Between two looks at the length of the file nothing can be known of it. */
    @Test
    void aFileThatSomebodyTruncatesAllTheTimeFailsFramesAndNothingElse() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 400 * 1024, FOR_ALL)) {
            AtomicBoolean done = new AtomicBoolean();
            Thread vandal = new Thread(() -> {
                while (!done.get()) {
                    truncate(sender, 0);
                }
            });
            vandal.start();
            try {
                byte[] frame = pixels(400 * 1024, 1);
                for (int i = 0; i < 5_000; i++) {
                    sender.write(ByteBuffer.wrap(frame)).orElseThrow().release();
                }
            } finally {
                done.set(true);
                vandal.join();
            }
            assertReads(sender, pixels(400 * 1024, 2));
            assertReads(sender, pixels(400 * 1024, 3));
        }
    }

    @Test
    void anInterruptedThreadWritesAndNobodyLosesTheBuffer() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 1000, FOR_ALL)) {
            Thread.currentThread().interrupt();
            sender.write(ByteBuffer.allocate(10));
            assertThat(Thread.interrupted()).as("the flag is still there").isTrue();
            assertReads(sender, pixels(400, 5));
        }
    }

    @Test
    void aFrameAfterTheEndSaysThatTheBufferIsClosedAndTakesNoSlot() throws Exception {
        SharedMemorySender sender = SharedMemorySender.create(directory, 1000, FOR_ALL);
        sender.close();
        assertThatIOException().isThrownBy(() -> sender.write(ByteBuffer.allocate(10))).withMessageContaining("is closed");
        assertThat(sender.freeBytes()).isEqualTo(1000);
    }

    /** Opening the file would then succeed for others, who could keep it open. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theFileNeverHasMorePermissionsThanAskedFor() throws Exception {
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        Set<Set<PosixFilePermission>> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        Thread watcher = new Thread(() -> {
            while (!done.get()) {
                seen.addAll(permissionsIn(directory));
            }
        });
        watcher.start();
        for (int i = 0; i < 1000; i++) {
            SharedMemorySender.create(directory, 60, ownerOnly).close();
        }
        done.set(true);
        watcher.join();
        assertThat(seen).isSubsetOf(Set.of(ownerOnly));
    }

    @Test
    void aDirectoryThatIsNotThereFailsTheCreation() {
        assertThatIOException().isThrownBy(() -> SharedMemorySender.create(directory.resolve("none"), 60, FOR_ALL));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void buffersOfDeadProcessesAreRemovedAndNothingElse() throws Exception {
        long dead = deadPid();
        Path stale = Files.write(directory.resolve("lvagrpc-" + dead + "-a"), new byte[10]);
        Path staleOfThisPid = Files.write(directory.resolve("lvagrpc-" + ProcessHandle.current().pid() + "-b"), new byte[10]);
        Path alive = Files.write(directory.resolve("lvagrpc-1-c"), new byte[10]);
        Path named = Files.write(directory.resolve("lvagrpc-d"), new byte[10]);
        Path folder = Files.createDirectory(directory.resolve("lvagrpc-" + dead + "-e"));
        Path link = Files.createSymbolicLink(directory.resolve("lvagrpc-" + dead + "-f"), named);
        Path pipe = directory.resolve("lvagrpc-" + dead + "-g");
        LocalFiles.makePipe(pipe);
        try (SharedMemorySender open = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            assertThat(SharedMemorySender.removeStale(directory)).isEqualTo(2);
            assertThat(stale).doesNotExist();
            assertThat(staleOfThisPid).doesNotExist();
            assertThat(directory).isDirectoryContaining(file -> file.endsWith(open.handleName()));
            for (Path kept : new Path[] { alive, named, folder, link, pipe }) {
                assertThat(Files.exists(kept, LinkOption.NOFOLLOW_LINKS)).as(kept.toString()).isTrue();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aBufferThatAnotherProcessHoldsIsKept() throws Exception {
        Path held = Files.write(directory.resolve("lvagrpc-" + deadPid() + "-a"), new byte[10]);
        Process holder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                Holder.class.getName(), held.toString()).redirectErrorStream(true).start();
        try {
            assertThat((char) holder.getInputStream().read()).isEqualTo('L');
            assertThat(SharedMemorySender.removeStale(directory)).isZero();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(SharedMemorySender.removeStale(directory)).isEqualTo(1);
    }

    private void assertReads(SharedMemorySender sender, byte[] frame) throws Exception {
        SharedMemorySender.Slot slot = sender.write(ByteBuffer.wrap(frame)).orElseThrow();
        SharedMemory receiver = SharedMemory.open(
                directory, sender.handleName(), sender.lengthBytes(), SharedMemoryAccess.COPY, frame.length);
        assertThat(receiver.read(slot.offset(), frame.length)).isEqualTo(ByteBuffer.wrap(frame));
        receiver.release();
        slot.release();
    }

    private void truncate(SharedMemorySender sender, int length) {
        try (RandomAccessFile other = new RandomAccessFile(directory.resolve(sender.handleName()).toFile(), "rw")) {
            other.setLength(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long deadPid() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private static Set<Set<PosixFilePermission>> permissionsIn(Path directory) {
        Set<Set<PosixFilePermission>> permissions = new HashSet<>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                permissions.add(Files.getPosixFilePermissions(file));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // removed meanwhile
        }
        return permissions;
    }

    /** Locks a file until it is killed. */
    public static final class Holder {

        private Holder() {
        }

        public static void main(String[] args) throws Exception {
            try (PositionedFile file = PositionedFile.open(Path.of(args[0]), Set.of(StandardOpenOption.WRITE))) {
                System.out.print(file.tryLock() ? "L" : "-");
                System.out.flush();
                System.in.read();
                Thread.currentThread().join();
            }
        }
    }
}
