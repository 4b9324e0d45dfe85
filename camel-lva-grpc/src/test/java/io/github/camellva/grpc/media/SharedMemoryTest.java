package io.github.camellva.grpc.media;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.media.SharedMemoryException.Reason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class SharedMemoryTest {

    private static final int LENGTH = 1000;
    private static final int MAX = 1 << 20;

    @TempDir
    Path directory;

    /** Before Java 22 mappings of earlier tests may be too many for another. */
    @BeforeEach
    void awaitRoomForMappings() {
        Awaitility.await().until(() -> {
            if (!Mapping.mayMap()) {
                System.gc();
            }
            return Mapping.mayMap();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRegionIsReadAsAReadOnlyBufferOfItsOwn(SharedMemoryAccess access) throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, access, MAX);
        ByteBuffer region = memory.read(10, 20);
        assertThat(region.isReadOnly()).isTrue();
        assertThat(region.position()).isZero();
        assertThat(region.limit()).isEqualTo(20);
        assertThat(bytes(region)).containsExactly(java.util.Arrays.copyOfRange(pixels(LENGTH, 3), 10, 30));
        memory.release();
    }

    @ParameterizedTest
    @EnumSource
    void theVeryLastByteCanBeRead(SharedMemoryAccess access) throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, access, MAX);
        assertThat(bytes(memory.read(LENGTH - 1, 1))).containsExactly(pixels(LENGTH, 3)[LENGTH - 1]);
        memory.release();
    }

    @ParameterizedTest(name = "offset {0}, length {1}")
    @CsvSource({ "1000,1", "999,2", "0,1001", "-1,1", "9223372036854775807,1000", "-9223372036854775808,1" })
    void aRegionOutsideTheBufferIsThatFramesFailure(long offset, int length) throws Exception {
        write("handle", pixels(LENGTH, 3));
        for (SharedMemoryAccess access : SharedMemoryAccess.values()) {
            SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, access, MAX);
            assertThatExceptionOfType(FrameException.class).isThrownBy(() -> memory.read(offset, length))
                    .withMessageContaining(Long.toUnsignedString(offset)).withMessageContaining("1000 bytes");
            memory.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileShorterThanAnnouncedServesWhatItHas(SharedMemoryAccess access) throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", 5000, access, MAX);
        assertThat(memory.read(900, 100).remaining()).isEqualTo(100);
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> memory.read(950, 100))
                .withMessageContaining("only 1000 bytes");
        memory.release();
    }

    @Test
    void aCopyIsNotChangedByWhatTheSenderWritesLater() throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, SharedMemoryAccess.COPY, MAX);
        ByteBuffer region = memory.read(0, LENGTH);
        write("handle", pixels(LENGTH, 4));
        assertThat(bytes(region)).containsExactly(pixels(LENGTH, 3));
        memory.release();
    }

    @Test
    void aMappedRegionIsTheSendersOwnMemory() throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, SharedMemoryAccess.MAP, MAX);
        ByteBuffer region = memory.read(0, LENGTH);
        try (FileChannel sender = FileChannel.open(directory.resolve("handle"), StandardOpenOption.WRITE)) {
            sender.write(ByteBuffer.wrap(pixels(LENGTH, 4)), 0);
        }
        assertThat(bytes(region)).containsExactly(pixels(LENGTH, 4));
        memory.release();
    }

    @Test
    void aSenderThatTruncatesTheFileFailsOnlyItsFrames() throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, SharedMemoryAccess.COPY, MAX);
        try (FileChannel sender = FileChannel.open(directory.resolve("handle"), StandardOpenOption.WRITE)) {
            sender.truncate(100);
        }
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> memory.read(50, 100))
                .withMessageContaining("only 100 bytes");
        assertThat(memory.read(0, 100).remaining()).isEqualTo(100);
        memory.release();
    }

    @ParameterizedTest
    @EnumSource
    void aRegionAboveTheLargestFrameIsRefusedNamingTheOption(SharedMemoryAccess access) throws Exception {
        makeSparse("handle", Integer.MAX_VALUE - 8);
        SharedMemory memory = SharedMemory.open(directory, "handle", Integer.MAX_VALUE, access, MAX);
        for (int length : new int[] { Integer.MAX_VALUE, 300_000_000, MAX + 1 }) {
            assertThatExceptionOfType(FrameException.class).isThrownBy(() -> memory.read(0, length))
                    .withMessageContaining(length + " bytes").withMessageContaining("maxMessageSize, " + MAX + " bytes");
        }
        assertThat(memory.read(0, MAX).remaining()).isEqualTo(MAX);
        memory.release();
    }

    @Test
    void aFileTooLargeForAMappingIsRefusedNamingCopy() throws Exception {
        makeSparse("handle", 3L << 30);
        assertThatExceptionOfType(SharedMemoryException.class)
                .isThrownBy(() -> SharedMemory.open(directory, "handle", 3L << 30, SharedMemoryAccess.MAP, MAX))
                .satisfies(e -> assertThat(e.detail()).contains("3221225472 bytes", "use copy"));
        SharedMemory memory = SharedMemory.open(directory, "handle", 3L << 30, SharedMemoryAccess.COPY, MAX);
        assertThat(memory.read((3L << 30) - 10, 10).remaining()).isEqualTo(10);
        memory.release();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedThreadReadsAndNobodyLosesTheBuffer(SharedMemoryAccess access) throws Exception {
        write("handle", pixels(LENGTH, 3));
        Thread.currentThread().interrupt();
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, access, MAX);
        assertThat(Thread.currentThread().isInterrupted()).as("the flag is still there after opening").isTrue();
        assertThat(bytes(memory.read(0, LENGTH))).containsExactly(pixels(LENGTH, 3));
        assertThat(Thread.interrupted()).as("and after reading").isTrue();
        assertThat(bytes(memory.read(0, LENGTH))).containsExactly(pixels(LENGTH, 3));
        memory.release();
    }

    @Test
    void interruptsThatComeWhileManyReadLoseNoFrame() throws Exception {
        byte[] frame = pixels(600_000, 3);
        write("handle", frame);
        SharedMemory memory = SharedMemory.open(directory, "handle", frame.length, SharedMemoryAccess.COPY, MAX);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Runnable reading = () -> {
            try {
                for (int i = 0; i < 300; i++) {
                    assertThat(memory.read(0, frame.length).get(frame.length - 1)).isEqualTo(frame[frame.length - 1]);
                }
            } catch (Throwable e) {
                failures.add(e);
            }
        };
        List<Thread> readers = List.of(new Thread(reading), new Thread(reading), new Thread(reading));
        readers.forEach(Thread::start);
        while (readers.stream().anyMatch(Thread::isAlive)) {
            readers.forEach(Thread::interrupt);
        }
        assertThat(failures).isEmpty();
        memory.release();
    }

    @Test
    void aRegionLiesInTheBufferOrNot() throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, SharedMemoryAccess.COPY, MAX);
        assertThat(memory.contains(0, LENGTH)).isTrue();
        assertThat(memory.contains(1, LENGTH)).isFalse();
        assertThat(memory.contains(-1, 1)).isFalse();
        assertThat(memory.contains(Long.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
        memory.release();
    }

    @Test
    void aLengthAbove2To63IsAsGoodAsUnlimited() throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", -1, SharedMemoryAccess.COPY, MAX);
        assertThat(memory.read(0, LENGTH).remaining()).isEqualTo(LENGTH);
        memory.release();
    }

    @Test
    void aFileThatIsEmptyWhenTheSessionOpensMayGrow() throws Exception {
        write("handle", new byte[0]);
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, SharedMemoryAccess.COPY, MAX);
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> memory.read(0, 1)).withMessageContaining("only 0 bytes");
        write("handle", pixels(LENGTH, 3));
        assertThat(memory.read(0, LENGTH).remaining()).isEqualTo(LENGTH);
        memory.release();
    }

    @Test
    void refusalsTellPeersNothingOfThisMachineAndAllTheSame() throws Exception {
        Files.createDirectory(directory.resolve("h1"));
        Files.createSymbolicLink(directory.resolve("h2"), directory.resolve("h1"));
        Set<String> texts = new HashSet<>();
        for (String handle : List.of("h1", "h2", "h3")) {
            assertRefused(Reason.UNAVAILABLE, handle).satisfies(e -> {
                assertThat(e.getMessage()).doesNotContain(directory.toString()).doesNotContain(System.getProperty("user.name") + "'");
                texts.add(e.getMessage().replace(handle, "h"));
            });
        }
        assertThat(texts).hasSize(1);
    }

    @Test
    void failuresOfFramesDoNotTellTheDirectory() throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", 5000, SharedMemoryAccess.COPY, MAX);
        for (long offset : new long[] { 950, 4990 }) {
            assertThatExceptionOfType(FrameException.class).isThrownBy(() -> memory.read(offset, 100))
                    .withMessageContaining("'handle'").satisfies(e -> assertThat(e.getMessage()).doesNotContain(directory.toString()));
        }
        memory.release();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "from 22 on, closing unmaps")
    void mappingsThatWaitForTheGarbageCollectorAreBoundedByCopyingMeanwhile() throws Exception {
        int mebibytes40 = 40 << 20;
        for (String handle : List.of("left-1", "left-2", "left-3", "left-4")) {
            makeSparse(handle, mebibytes40);
            SharedMemory memory = SharedMemory.open(directory, handle, mebibytes40, SharedMemoryAccess.MAP, MAX);
            assertThat(memory.read(100, 10).remaining()).isEqualTo(10);
            memory.release();
        }
        long left = Files.readAllLines(Path.of("/proc/self/maps")).stream().filter(line -> line.contains("left-")).count();
        assertThat(left).isLessThanOrEqualTo(2);
        awaitRoomForMappings();
        assertThat(Mapping.mayMap()).as("after garbage collection").isTrue();
    }

    @Test
    void framesLargerThanOneStepOfReadingAreWhole() throws Exception {
        byte[] large = pixels(3 * 256 * 1024 + 7, 9);
        write("handle", large);
        SharedMemory memory = SharedMemory.open(directory, "handle", large.length, SharedMemoryAccess.COPY, MAX);
        assertThat(bytes(memory.read(0, large.length))).isEqualTo(large);
        memory.release();
    }

    @ParameterizedTest
    @EnumSource
    void aBufferOutlivesItsOpenerUntilTheLastReaderIsDone(SharedMemoryAccess access) throws Exception {
        write("handle", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle", LENGTH, access, MAX);
        memory.retain();
        memory.release();
        assertThat(bytes(memory.read(0, LENGTH))).containsExactly(pixels(LENGTH, 3));
        memory.release();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "..", "../handle", "a/b", "/handle", "a\\b", "with space", "tab\t", "new\nline", "null\0" })
    void aHandleThatIsNotOneFileNameIsRefused(String handle) throws Exception {
        write("handle", pixels(LENGTH, 3));
        assertRefused(Reason.INVALID, handle).withMessageContaining("handle_name");
    }

    @Test
    void aHandleOfMoreThan255CharactersIsRefusedWithoutRepeatingItAll() {
        assertRefused(Reason.INVALID, "x".repeat(100_000)).satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void aLinkIsRefused() throws Exception {
        write("target", pixels(LENGTH, 3));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("target"));
        assertUnavailable("link", "not a regular file");
    }

    @Test
    void aDirectoryIsRefused() throws Exception {
        Files.createDirectory(directory.resolve("folder"));
        assertUnavailable("folder", "not a regular file");
    }

    @Test
    @EnabledOnOs({ OS.LINUX, OS.MAC })
    void aPipeIsRefusedAndNotWaitedFor() throws Exception {
        LocalFiles.makePipe(directory.resolve("pipe"));
        assertUnavailable("pipe", "not a regular file");
    }

    @Test
    void aMissingFileNamesTheIpcModesToSet() {
        assertUnavailable("gone", "gone does not exist", "IPC mode", "'host'", "container:<node>")
                .withMessageContaining("IPC mode").withMessageContaining("'host'").withMessageContaining("container:<node>");
    }

    @Test
    void aMissingDirectoryIsToldApartFromAMissingFile() {
        assertThatExceptionOfType(SharedMemoryException.class)
                .isThrownBy(() -> SharedMemory.open(directory.resolve("nowhere"), "h", 1, SharedMemoryAccess.COPY, MAX))
                .satisfies(e -> assertThat(e.detail()).contains("sharedMemoryDirectory", "nowhere"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    /** Root may read everything, so that as root the reader is a process without root's capabilities. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileOfAnotherUserThatMayNotBeReadNamesTheUid() throws Exception {
        write("secret", pixels(LENGTH, 3));
        Files.setPosixFilePermissions(directory.resolve("secret"), PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(directory.resolve("secret"))) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv takes root's capabilities away");
            assertThat(openInProcessWithoutCapabilities("secret"))
                    .startsWith("UNAVAILABLE").contains("exists").contains("uid");
        } else {
            assertUnavailable("secret", "exists", "uid");
        }
    }

    @Test
    void aLengthOfZeroIsRefused() throws Exception {
        write("handle", pixels(LENGTH, 3));
        assertThatExceptionOfType(SharedMemoryException.class)
                .isThrownBy(() -> SharedMemory.open(directory, "handle", 0, SharedMemoryAccess.COPY, MAX))
                .withMessageContaining("length_bytes 0");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aCopyingBufferLeavesNoFileOpen() throws Exception {
        write("handle-to-close", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle-to-close", LENGTH, SharedMemoryAccess.COPY, MAX);
        assertThat(openFiles()).anyMatch(name -> name.endsWith("handle-to-close"));
        memory.release();
        assertThat(openFiles()).noneMatch(name -> name.endsWith("handle-to-close"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "before, only the garbage collector can unmap")
    void aMappedBufferIsUnmappedWhenTheLastReaderIsDone() throws Exception {
        write("handle-to-unmap", pixels(LENGTH, 3));
        SharedMemory memory = SharedMemory.open(directory, "handle-to-unmap", LENGTH, SharedMemoryAccess.MAP, MAX);
        assertThat(Files.readString(Path.of("/proc/self/maps"))).contains("handle-to-unmap");
        memory.release();
        assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain("handle-to-unmap");
    }

    private static List<String> openFiles() throws IOException {
        try (var links = Files.list(Path.of("/proc/self/fd"))) {
            return links.map(SharedMemoryTest::targetOf).toList();
        }
    }

    private static String targetOf(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private void makeSparse(String handle, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve(handle).toFile(), "rw")) {
            file.setLength(length);
        }
    }

    private void write(String handle, byte[] content) throws IOException {
        Files.write(directory.resolve(handle), content);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private String openInProcessWithoutCapabilities(String handle) throws Exception {
        Process process = new ProcessBuilder(
                "/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Opener.class.getName(), directory.toString(), handle)
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private org.assertj.core.api.ThrowableAssertAlternative<SharedMemoryException> assertRefused(Reason reason, String handle) {
        return assertThatExceptionOfType(SharedMemoryException.class)
                .isThrownBy(() -> SharedMemory.open(directory, handle, LENGTH, SharedMemoryAccess.COPY, MAX))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private org.assertj.core.api.ThrowableAssertAlternative<SharedMemoryException> assertUnavailable(
            String handle, String... details) {
        return assertRefused(Reason.UNAVAILABLE, handle).satisfies(e -> assertThat(e.detail()).contains(details));
    }

    /** Opens a handle in a process of its own and prints why it could not. */
    public static final class Opener {

        private Opener() {
        }

        public static void main(String[] args) {
            try {
                SharedMemory.open(Path.of(args[0]), args[1], LENGTH, SharedMemoryAccess.COPY, MAX);
                System.out.print("opened");
            } catch (SharedMemoryException e) {
                System.out.print(e.reason() + " " + e.detail());
            }
        }
    }
}
