package io.github.camellva.tools.check.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.tools.check.NotApplicable;
import io.github.camellva.tools.check.RuleBroken;
import io.github.camellva.tools.check.Transcript;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** The node in one case: its sessions, which end when the case is over. For one thread. */
final class Node implements AutoCloseable {

    private static final Status NEXT_CASE = Status.UNAVAILABLE.withDescription("the case is over, the next session plays another");

    private final ScriptedExtension extension;
    private final Setting setting;
    private final Transcript transcript = new Transcript();
    private final List<Session> sessions = new ArrayList<>();

    /**
     * What the user said of the node.
     *
     * @param memoryDirectory where it makes shared memory
     * @param credentials     that it was given; null for none
     * @param secured         whether it speaks TLS
     */
    record Setting(Times times, Path memoryDirectory, @Nullable Credentials credentials, boolean secured) {
    }

    Node(ScriptedExtension extension, Setting setting) {
        this.extension = extension;
        this.setting = setting;
    }

    /** The next session that the node opens, or has opened. */
    Session session() throws InterruptedException {
        Session session = sessionWithin(times().patience());
        if (session == null) {
            throw new RuleBroken("no session was opened within " + times().patience().toMillis() + " ms");
        }
        return session;
    }


    /** The same; null if none is opened in that time. */
    @Nullable Session sessionWithin(Duration atMost) throws InterruptedException {
        RawSession raw = extension.take(atMost, times().oldest());
        if (raw == null) {
            return null;
        }
        sessions.add(new Session(this, raw));
        return sessions.get(sessions.size() - 1);
    }

    /** A session that uses shared memory, its descriptor taken. */
    Session sessionWithMemory() throws InterruptedException {
        Session session = session();
        if (!session.expectDescriptor().hasSharedMemoryBufferTransferProperties()) {
            throw new NotApplicable("the node embeds its frames");
        }
        return session;
    }

    /** All sessions that wait are ended, so that those that come are new ones. */
    void sendAllAway() {
        extension.sendAllAway();
    }

    Times times() {
        return setting.times();
    }

    Setting setting() {
        return setting;
    }

    Transcript transcript() {
        return transcript;
    }

    static void require(boolean held, String seen) {
        if (!held) {
            throw new RuleBroken(seen);
        }
    }

    @Override
    public void close() {
        sessions.forEach(session -> session.leave(NEXT_CASE));
    }
}
