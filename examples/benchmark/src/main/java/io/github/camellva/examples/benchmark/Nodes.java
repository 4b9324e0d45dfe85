package io.github.camellva.examples.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.Inference;

/** The nodes of a load. As a program: opens, reads and closes them as the process that started it says on its input. */
final class Nodes {

    /** Followed by a port and a {@link Load}: opens its sessions. */
    static final String OPEN = "open";
    /** Answered with a {@link Meter.Reading}. */
    static final String READ = "read";
    /** Answered with the number of samples that were not acknowledged. */
    static final String CLOSE = "close";

    private final Meter meter = new Meter();
    private final List<NodeSession> sessions = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Nodes nodes = null;
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case OPEN -> {
                        nodes = new Nodes();
                        nodes.open(Integer.parseInt(words[1]), Load.parse(words[2]));
                        System.out.println("opened");
                    }
                    case READ -> System.out.println(nodes.meter.read().format());
                    case CLOSE -> System.out.println(nodes.close());
                    default -> throw new IllegalArgumentException(line);
                }
            }
        }
        System.exit(0);
    }

    private void open(int port, Load load) throws IOException, InterruptedException {
        ByteString frame = UnsafeByteOperations.unsafeWrap(load.payload().frame());
        ContentBytes content = load.payload().bytes() == 0 ? null : ContentBytes.newBuilder().setBytes(frame).build();
        Inference expected = Inspection.inspect(frame.asReadOnlyByteBuffer());
        for (int i = 0; i < load.sessions(); i++) {
            SharedFrames memory = load.transfer().isShared()
                    ? SharedFrames.create(frame.toByteArray(), load.inFlight())
                    : null;
            sessions.add(new NodeSession(port, load, content, memory, expected, meter));
        }
        sessions.forEach(NodeSession::open);
        for (NodeSession session : sessions) {
            session.awaitOpened();
        }
    }

    private int close() throws InterruptedException {
        sessions.forEach(NodeSession::finish);
        int missing = 0;
        for (NodeSession session : sessions) {
            missing += session.awaitAnswers();
        }
        sessions.forEach(NodeSession::close);
        return missing;
    }
}
