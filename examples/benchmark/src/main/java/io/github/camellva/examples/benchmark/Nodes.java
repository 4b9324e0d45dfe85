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
    /** The same, for sessions that send their first frames and no more; answered as {@link #CLOSE} is. */
    static final String OPEN_IDLE = "openIdle";
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
                        nodes = connected(Integer.parseInt(words[1]), Load.parse(words[2]));
                        nodes.open();
                        System.out.println("opened");
                    }
                    case OPEN_IDLE -> {
                        nodes = connected(Integer.parseInt(words[1]), Load.parse(words[2]));
                        nodes.sessions.forEach(NodeSession::finish);
                        nodes.open();
                        System.out.println(nodes.finish());
                    }
                    case READ -> System.out.println(nodes.meter.read().format());
                    case CLOSE -> System.out.println(nodes.close());
                    default -> throw new IllegalArgumentException(line);
                }
            }
        }
        System.exit(0);
    }

    private static Nodes connected(int port, Load load) throws IOException {
        Nodes nodes = new Nodes();
        ByteString frame = UnsafeByteOperations.unsafeWrap(load.payload().frame());
        ContentBytes content = load.payload().bytes() == 0 ? null : ContentBytes.newBuilder().setBytes(frame).build();
        Inference expected = Inspection.inspect(frame.asReadOnlyByteBuffer());
        for (int i = 0; i < load.sessions(); i++) {
            SharedFrames memory = load.transfer().isShared()
                    ? SharedFrames.create(frame.toByteArray(), load.inFlight())
                    : null;
            nodes.sessions.add(new NodeSession(port, load, content, memory, expected, nodes.meter));
        }
        return nodes;
    }

    private void open() throws InterruptedException {
        sessions.forEach(NodeSession::open);
        for (NodeSession session : sessions) {
            session.awaitOpened();
        }
    }

    private int close() throws InterruptedException {
        int missing = finish();
        sessions.forEach(NodeSession::close);
        return missing;
    }

    private int finish() throws InterruptedException {
        sessions.forEach(NodeSession::finish);
        int missing = 0;
        for (NodeSession session : sessions) {
            missing += session.awaitAnswers();
        }
        return missing;
    }
}
