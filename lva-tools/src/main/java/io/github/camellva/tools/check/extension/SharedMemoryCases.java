package io.github.camellva.tools.check.extension;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.check.Level;
import io.github.camellva.tools.check.NotApplicable;
import io.grpc.Status;

import static io.github.camellva.tools.check.extension.Extension.require;

/** Frames in shared memory, and references to what is not there. */
final class SharedMemoryCases {

    private static final Status.Code[] REFUSALS = {
            Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND, Status.Code.PERMISSION_DENIED, Status.Code.OUT_OF_RANGE,
            Status.Code.FAILED_PRECONDITION };
    private static final int ROOM = 16;

    private SharedMemoryCases() {
    }

    static void addTo(Catalogue catalogue) {
        addUse(catalogue);
        addLongReferences(catalogue);
        addNames(catalogue);
        addRegions(catalogue);
        addOther(catalogue);
    }

    private static void addUse(Catalogue catalogue) {
        catalogue.add("SM-1.1", "opens the shared memory that a descriptor names", extension -> open(
                extension, room(extension)), Need.SHARED_MEMORY);
        catalogue.add("SM-2.1", "looks at a frame at the begin of shared memory", extension -> expectFound(extension, 0),
                Need.SHARED_MEMORY);
        catalogue.add("SM-2.2", "looks at a frame at an odd place in shared memory", extension -> expectFound(extension, 4_097),
                Need.SHARED_MEMORY);
        catalogue.add("SM-2.3", "looks at a frame that ends where shared memory ends", extension -> {
            byte[] frame = extension.format().frame(1);
            SharedMemoryFile memory = extension.memory(frame.length + 1_000);
            memory.write(1_000, frame);
            Conversation node = open(extension, memory);
            node.expectLookedAt(node.sendReference(1_000, frame.length));
        }, Need.SHARED_MEMORY);
        catalogue.add("SM-2.4", "finds in a frame in shared memory what it finds in the same frame in a message",
                SharedMemoryCases::expectTheSame, Need.SHARED_MEMORY);
        catalogue.add("SM-4.1", "acknowledges a frame in shared memory, so that its region can be used again", extension -> {
            byte[] frame = extension.format().frame(1);
            SharedMemoryFile memory = room(extension);
            Conversation node = open(extension, memory);
            for (int i = 0; i < 10; i++) {
                memory.write(0, extension.format().frame(i));
                node.expectAnswer(node.sendReference(0, frame.length));
            }
        }, Need.SHARED_MEMORY);
        catalogue.add("SM-4.2", "has read a region before it acknowledges it", SharedMemoryCases::expectReadBefore, Need.SHARED_MEMORY);
        catalogue.add("SM-9.1", Level.SHOULD, "takes embedded content in a session with shared memory", extension -> {
            Conversation node = open(extension, room(extension));
            node.expectLookedAt(node.sendSample());
        }, Need.SHARED_MEMORY);
    }

    private static void addLongReferences(Catalogue catalogue) {
        catalogue.add("SM-5.1", "looks at a frame whose reference is one byte too long", extension -> {
            byte[] frame = extension.format().frame(1);
            SharedMemoryFile memory = room(extension);
            memory.write(0, frame);
            Conversation node = open(extension, memory);
            node.expectLookedAt(node.sendReference(0, frame.length + 1L));
        }, Need.SHARED_MEMORY, Need.RAW);
        catalogue.add("SM-5.2", "looks at a frame whose reference passes the end of shared memory by a byte", extension -> {
            byte[] frame = extension.format().frame(1);
            SharedMemoryFile memory = extension.memory(frame.length);
            memory.write(0, frame);
            Conversation node = open(extension, memory);
            node.expectLookedAt(node.sendReference(0, frame.length + 1L));
        }, Need.SHARED_MEMORY, Need.RAW);
    }

    private static void addNames(Catalogue catalogue) {
        List<String> wrong = List.of("", ".", "..", "../lva-check", "/lva-check", "a/b", "a\0b", "x".repeat(300));
        List<String> words = List.of(
                "an empty name", "a name of one dot", "a name of two dots", "a name that leads out of the directory", "an absolute name",
                "a name of two components", "a name with a zero byte", "a name of 300 characters");
        for (int i = 0; i < wrong.size(); i++) {
            String handle = wrong.get(i);
            catalogue.add("SM-6." + (i + 1), "refuses shared memory with " + words.get(i), extension -> {
                try {
                    Conversation node = extension.session();
                    node.send(SharedMemoryFile.offer(extension.descriptor(), handle, 1));
                    node.expectEnd(REFUSALS);
                } finally {
                    deleteWhatItMade(extension.target().memoryDirectory(), handle);
                }
            }, Need.SHARED_MEMORY);
        }
        catalogue.add("SM-6.9", "refuses a link in place of shared memory", extension -> {
            SharedMemoryFile memory = room(extension);
            Path link = memory.path().resolveSibling(memory.handle() + "-link");
            try {
                Files.createSymbolicLink(link, memory.path());
                Conversation node = extension.session();
                node.send(SharedMemoryFile.offer(extension.descriptor(), link.getFileName().toString(), 1_000));
                node.expectEnd(REFUSALS);
            } finally {
                Files.deleteIfExists(link);
            }
        }, Need.SHARED_MEMORY);
        catalogue.add("SM-6.10", "refuses a directory in place of shared memory", extension -> {
            Path directory = Files.createTempDirectory(extension.target().memoryDirectory(), "lva-check-");
            try {
                Conversation node = extension.session();
                node.send(SharedMemoryFile.offer(extension.descriptor(), directory.getFileName().toString(), 1));
                node.expectEnd(REFUSALS);
            } finally {
                Files.delete(directory);
            }
        }, Need.SHARED_MEMORY);
        catalogue.add("SM-6.11", "refuses a pipe in place of shared memory, and does not hang", extension -> {
            Path pipe = pipe(extension.target().memoryDirectory());
            try {
                Conversation node = extension.session();
                node.send(SharedMemoryFile.offer(extension.descriptor(), pipe.getFileName().toString(), 1));
                node.expectEnd(REFUSALS);
            } finally {
                release(pipe);
            }
        }, Need.SHARED_MEMORY);
        catalogue.add("SM-6.12", "does not look at a frame that lies in the announced buffer and not in its file",
                extension -> expectNotFound(extension, 1_000_000), Need.SHARED_MEMORY);
        catalogue.add("SM-6.13", "does not look at it when the announced buffer has 2^63 bytes",
                extension -> expectNotFound(extension, 1L << 63), Need.SHARED_MEMORY);
    }

    /** An extension that opens files for writing makes those that are not there. */
    private static void deleteWhatItMade(Path directory, String handle) throws IOException {
        if (handle.endsWith("/lva-check")) {
            Files.deleteIfExists(directory.resolve(handle));
        }
    }

    /** Refused with the descriptor or with the sample. */
    private static void expectNotFound(Extension extension, long announced) throws IOException {
        SharedMemoryFile memory = extension.memory(1_000);
        Conversation node = extension.session();
        node.send(SharedMemoryFile.offer(extension.descriptor(), memory.handle(), announced));
        node.awaitAnything();
        if (node.hasEnded()) {
            node.expectEnd(REFUSALS);
        } else {
            node.expectNotLookedAt(node.sendReference(900_000, frameBytes(extension)), REFUSALS);
        }
    }

    private static void addRegions(Catalogue catalogue) {
        addRegion(catalogue, "SM-6.14", "a region behind the end of shared memory", 1L << 30, 1_000);
        addRegion(catalogue, "SM-6.15", "a region whose offset is 2^64 - 1", -1, 1_000);
        addRegion(catalogue, "SM-6.16", "a region whose offset and length add up to more than 2^64", -500, 1_000);
        addRegion(catalogue, "SM-6.17", "a region whose length is 2^63, at an offset where none of it is there", 1L << 40, 1L << 63);
        addRegion(catalogue, "SM-6.18", "a region without length", 0, 0);
        catalogue.add("SM-6.19", "does not look at a frame in shared memory whose file has become shorter", extension -> {
            byte[] frame = extension.format().frame(1);
            SharedMemoryFile memory = room(extension);
            Conversation node = open(extension, memory);
            memory.truncate(frame.length / 2);
            node.expectNotLookedAt(node.sendReference(0, frame.length), Status.Code.values());
        }, Need.SHARED_MEMORY, Need.RAW, Need.HOSTILE);
        catalogue.add("SM-6.20", "serves others after it was referred to what is not there", extension -> {
            Conversation node = open(extension, room(extension));
            node.sendReference(1L << 40, 1_000);
            node.sendReference(-1, -1);
            node.halfClose();
            node.awaitEnd();
            extension.expectItStillServes();
        }, Need.SHARED_MEMORY);
    }

    private static void addRegion(Catalogue catalogue, String id, String what, long offset, long length) {
        catalogue.add(id, "does not look at " + what, extension -> {
            Conversation node = open(extension, room(extension));
            node.expectNotLookedAt(node.sendReference(offset, length), REFUSALS);
        }, Need.SHARED_MEMORY);
    }

    private static void addOther(Catalogue catalogue) {
        catalogue.add("SM-7.1", "opens shared memory for reading only", extension -> {
            SharedMemoryFile memory = room(extension);
            Conversation node = open(extension, memory);
            node.expectAnswer(node.sendReference(0, frameBytes(extension)));
            OpenFiles.requireNobodyWrites(memory.path(), extension.transcript());
        }, Need.SHARED_MEMORY);
        catalogue.add("SM-10.1", "refuses shared memory whose file is not there, with NOT_FOUND", extension -> {
            Conversation node = offerWhatIsNotThere(extension);
            node.expectEnd(Status.Code.NOT_FOUND);
        }, Need.SHARED_MEMORY);
        catalogue.add("SM-10.2", "says then that both containers must share IPC, and names no path", extension -> {
            Conversation node = offerWhatIsNotThere(extension);
            String text = String.valueOf(node.awaitEnd().getDescription());
            require(text.contains("IPC") || text.contains("ipc"), "the refusal does not speak of IPC: " + text);
            require(!text.contains(extension.target().memoryDirectory().toString()), "the refusal names a path: " + text);
        }, Need.SHARED_MEMORY);
    }

    private static Conversation offerWhatIsNotThere(Extension extension) throws IOException {
        SharedMemoryFile gone = extension.memory(1);
        gone.close();
        Conversation node = extension.session();
        node.send(gone.offeredBy(extension.descriptor()));
        return node;
    }

    private static void expectFound(Extension extension, int offset) throws IOException {
        byte[] frame = extension.format().frame(1);
        SharedMemoryFile memory = room(extension);
        memory.write(offset, frame);
        Conversation node = open(extension, memory);
        node.expectLookedAt(node.sendReference(offset, frame.length));
    }

    private static void expectTheSame(Extension extension) throws IOException {
        byte[] one = extension.format().frame(1);
        byte[] other = extension.format().frame(2);
        List<Inference> inOne = found(extension, one);
        List<Inference> inOther = found(extension, other);
        if (inOne.equals(inOther) || !inOne.equals(found(extension, one))) {
            throw new NotApplicable("what it finds does not tell one frame from another");
        }
        SharedMemoryFile memory = extension.memory(one.length + other.length + 7);
        memory.write(0, one);
        memory.write(one.length + 7L, other);
        Conversation node = open(extension, memory);
        node.sendReference(0, one.length);
        node.sendReference(one.length + 7L, other.length);
        List<MediaStreamMessage> answers = node.expectAnswers(new Numbers(2, 3));
        require(tags(answers.get(0)).equals(tags(inOne)), "something else was found in the first frame");
        require(tags(answers.get(1)).equals(tags(inOther)), "something else was found in the second frame");
    }

    /** Each frame is overwritten as soon as it is acknowledged; what was found must be of the frame all the same. */
    private static void expectReadBefore(Extension extension) throws IOException {
        byte[] one = extension.format().frame(1);
        byte[] other = Arrays.copyOf(extension.format().frame(2), one.length);
        List<Inference> inOne = found(extension, one);
        if (inOne.equals(found(extension, other)) || !inOne.equals(found(extension, one))) {
            throw new NotApplicable("what it finds does not tell one frame from another");
        }
        if (extension.lag() > 0) {
            throw new NotApplicable("it answers late");
        }
        SharedMemoryFile memory = extension.memory(one.length);
        Conversation node = open(extension, memory);
        for (int i = 0; i < 5; i++) {
            memory.write(0, one);
            node.expectAnswer(node.sendReference(0, one.length));
            memory.write(0, other);
        }
        node.halfClose();
        node.awaitEnd();
        List<MediaStreamMessage> findings = node.answers().stream()
                .filter(answer -> answer.getMediaSample().getInferencesCount() > 0).toList();
        findings.forEach(answer -> require(tags(answer).equals(tags(inOne)),
                "frame " + answer.getAckSequenceNumber() + " was read after its acknowledgement"));
    }

    private static List<Inference> found(Extension extension, byte[] frame) {
        Conversation node = extension.session().open();
        return node.expectAnswer(node.sendContent(frame)).getMediaSample().getInferencesList();
    }

    private static List<?> tags(MediaStreamMessage answer) {
        return tags(answer.getMediaSample().getInferencesList());
    }

    /** Without what may differ from answer to answer, such as ids. */
    private static List<?> tags(List<Inference> inferences) {
        return inferences.stream().map(inference -> List.of(inference.getValueCase(), inference.getEntity().getTag(),
                inference.getClassification().getTag(), inference.getText().getValue(), inference.getEvent().getName(),
                inference.getOther().getContentBytes(), inference.getEntity().getBox(), inference.getMotion().getBox())).toList();
    }

    private static SharedMemoryFile room(Extension extension) throws IOException {
        byte[] frame = extension.format().frame(1);
        SharedMemoryFile memory = extension.memory(frame.length * 2 + (ROOM << 10));
        memory.write(0, frame);
        return memory;
    }

    private static Conversation open(Extension extension, SharedMemoryFile memory) {
        Conversation node = extension.session().open(memory.offeredBy(extension.descriptor()));
        return node.sendingMore(() -> node.sendReference(0, frameBytes(extension)));
    }

    private static int frameBytes(Extension extension) {
        return extension.format().frame(1).length;
    }

    /** An extension that hangs, since nobody writes to the pipe that it opens, can go on to the next case. */
    private static void release(Path pipe) throws IOException {
        FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
        Files.delete(pipe);
    }

    private static Path pipe(Path directory) throws IOException, InterruptedException {
        Path pipe = directory.resolve("lva-check-pipe-" + UUID.randomUUID());
        try {
            Process made = new ProcessBuilder("mkfifo", pipe.toString()).redirectErrorStream(true).start();
            if (made.waitFor(5, TimeUnit.SECONDS) && made.exitValue() == 0) {
                return pipe;
            }
        } catch (IOException e) {
            throw new NotApplicable("this machine has no mkfifo");
        }
        throw new NotApplicable("mkfifo cannot make a pipe in " + directory);
    }
}
