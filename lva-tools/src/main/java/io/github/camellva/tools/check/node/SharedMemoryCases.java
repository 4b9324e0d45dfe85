package io.github.camellva.tools.check.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.github.camellva.tools.check.NotApplicable;
import io.grpc.Status;

import static io.github.camellva.tools.check.node.Node.require;

/** Frames in shared memory: what is announced, and who may write what when. */
final class SharedMemoryCases {

    private static final String NAME = "[A-Za-z0-9._-]{1,255}";

    private SharedMemoryCases() {
    }

    static void addTo(Catalogue catalogue) {
        addBuffer(catalogue);
        addRegions(catalogue);
    }

    private static void addBuffer(Catalogue catalogue) {
        catalogue.add("SM-1.1", "has made the file before it announces it", node -> {
            Path file = file(node, node.sessionWithMemory());
            require(Files.exists(file), "there is no file " + file.getFileName());
        });
        catalogue.add("SM-1.2", "announces no more bytes than the file has", node -> {
            Session session = node.sessionWithMemory();
            long bytes = size(node, session);
            require(Long.compareUnsigned(buffer(session).getLengthBytes(), bytes) <= 0,
                    Long.toUnsignedString(buffer(session).getLengthBytes()) + " bytes are announced, and the file has " + bytes);
        });
        catalogue.add("SM-1.3", "gives the file a name of one component", node -> {
            String name = buffer(node.sessionWithMemory()).getHandleName();
            require(name.matches(NAME) && !name.matches("\\.\\.?"), "the name is '" + name + "'");
        });
        catalogue.add("SM-8.1", "lets an extension under another user open the file for writing", node -> {
            Session session = node.sessionWithMemory();
            size(node, session);
            require(Files.getPosixFilePermissions(file(node, session)).contains(PosixFilePermission.OTHERS_WRITE),
                    "the file has " + Files.getPosixFilePermissions(file(node, session)));
        });
        catalogue.add("EN-2.1", "removes the file when the session is over, or keeps one", node -> {
            Session session = node.sessionWithMemory().open();
            session.expectAnsweredSamples(2);
            Path file = file(node, session);
            session.end(Status.UNAVAILABLE.withDescription("come again"));
            awaitGone(node, file);
        });
    }

    private static void addRegions(Catalogue catalogue) {
        catalogue.add("SM-2.1", "refers to regions that lie in the file", node -> {
            Session session = node.sessionWithMemory().open();
            long bytes = size(node, session);
            for (Sample sample : session.expectAnsweredSamples(10)) {
                requireInside(sample, bytes);
            }
        });
        catalogue.add("SM-3.1", "writes to no region before its sample is acknowledged", node -> {
            Session session = node.sessionWithMemory().open();
            requireUntouched(node, session, Credit.exhaust(node, session));
        });
        catalogue.add("SM-3.2", "gives samples in flight regions that do not overlap", node -> {
            Session session = node.sessionWithMemory().open();
            List<Sample> inFlight = referring(Credit.exhaust(node, session));
            for (Sample one : inFlight) {
                for (Sample other : inFlight) {
                    require(one == other || !overlap(one.media().getContentReference(), other.media().getContentReference()),
                            "the regions of samples " + one.number() + " and " + other.number() + " overlap");
                }
            }
        });
        catalogue.add("SM-3.3", "keeps the region of an old sample when newer ones are acknowledged first", node -> {
            Session session = node.sessionWithMemory().open();
            Sample old = session.expectSample();
            long before = checksum(node, session, old);
            session.expectAnsweredSamples(10);
            require(checksum(node, session, old) == before, "the region of sample " + old.number() + " was written before its acknowledgement");
        });
        catalogue.add("SM-3.4", "frees no region for an acknowledgement that it does not wait for", node -> {
            Session session = node.sessionWithMemory().open();
            List<Sample> inFlight = Credit.exhaust(node, session);
            session.acknowledge(1_000_000);
            session.acknowledge(0);
            requireUntouched(node, session, inFlight);
        });
        catalogue.add("SM-3.5", "keeps the region of a sample that it has given up, until its session is over", node -> {
            Session session = node.sessionWithMemory().open();
            Sample lost = session.expectSample();
            long before = checksum(node, session, lost);
            long deadline = System.nanoTime() + node.times().giveUp().toNanos();
            while (System.nanoTime() < deadline && !session.hasEnded()) {
                session.receiveAndAnswer(node.times().quiet());
            }
            require(session.hasEnded() || checksum(node, session, lost) == before,
                    "the region of sample " + lost.number() + " was written, and its acknowledgement never came");
        });
    }

    /** While nothing is acknowledged, the node may go on capturing, and must go on elsewhere. */
    private static void requireUntouched(Node node, Session session, List<Sample> inFlight) throws IOException {
        Map<Sample, Long> before = new HashMap<>();
        for (Sample sample : referring(inFlight)) {
            before.put(sample, checksum(node, session, sample));
        }
        session.receive(node.times().quiet());
        for (Map.Entry<Sample, Long> sample : before.entrySet()) {
            require(checksum(node, session, sample.getKey()) == sample.getValue(),
                    "the region of sample " + sample.getKey().number() + " was written before its acknowledgement");
        }
    }

    private static List<Sample> referring(List<Sample> samples) {
        List<Sample> referring = samples.stream().filter(sample -> sample.media().hasContentReference()).toList();
        if (referring.isEmpty()) {
            throw new NotApplicable("no sample refers to shared memory");
        }
        return referring;
    }

    private static void requireInside(Sample sample, long bytes) {
        ContentReference region = sample.media().getContentReference();
        long end = region.getAddressOffset() + region.getLengthBytes();
        require(region.getAddressOffset() >= 0 && region.getLengthBytes() >= 0 && end >= 0 && end <= bytes,
                "sample " + sample.number() + " refers to bytes " + Long.toUnsignedString(region.getAddressOffset()) + " + "
                        + Long.toUnsignedString(region.getLengthBytes()) + ", and the file has " + bytes);
    }

    private static boolean overlap(ContentReference one, ContentReference other) {
        return one.getAddressOffset() < other.getAddressOffset() + other.getLengthBytes()
                && other.getAddressOffset() < one.getAddressOffset() + one.getLengthBytes();
    }

    private static long checksum(Node node, Session session, Sample sample) throws IOException {
        ContentReference region = sample.media().getContentReference();
        size(node, session);
        try (FileChannel file = FileChannel.open(file(node, session), StandardOpenOption.READ)) {
            requireInside(sample, file.size());
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(region.getLengthBytes()));
            file.read(bytes, region.getAddressOffset());
            CRC32 crc = new CRC32();
            crc.update(bytes.flip());
            return crc.getValue();
        }
    }

    private static void awaitGone(Node node, Path file) throws InterruptedException {
        long deadline = System.nanoTime() + node.times().patience().toNanos();
        while (Files.exists(file)) {
            Session next = node.sessionWithMemory();
            if (file.equals(file(node, next))) {
                return;
            }
            require(System.nanoTime() < deadline, "the file of the session before is still there");
            next.receive(node.times().quiet());
        }
    }

    private static long size(Node node, Session session) throws IOException {
        Path file = file(node, session);
        require(Files.exists(file), "there is no file " + file.getFileName());
        return Files.size(file);
    }

    private static SharedMemoryBufferTransferProperties buffer(Session session) {
        return session.expectDescriptor().getSharedMemoryBufferTransferProperties();
    }

    private static Path file(Node node, Session session) {
        String name = buffer(session).getHandleName();
        require(name.matches(NAME), "the name of the shared memory is '" + name + "'");
        return node.setting().memoryDirectory().resolve(name);
    }
}
