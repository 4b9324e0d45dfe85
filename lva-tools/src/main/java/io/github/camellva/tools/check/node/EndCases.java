package io.github.camellva.tools.check.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.camellva.grpc.wire.Credentials;
import io.github.camellva.tools.check.NotApplicable;
import io.github.camellva.tools.check.RuleBroken;
import io.grpc.Metadata;
import io.grpc.Status;

import static io.github.camellva.tools.check.node.Node.require;

/** How sessions end, and what a node does then; and who it says it is. */
final class EndCases {

    /** Sessions of one camera that come more often than this, each of which was refused at once, are hammering. */
    private static final int MOST_PER_SECOND = 10;
    private static final List<Status.Code> ENDINGS = List.of(
            Status.Code.OK, Status.Code.UNAVAILABLE, Status.Code.INTERNAL, Status.Code.RESOURCE_EXHAUSTED, Status.Code.UNKNOWN,
            Status.Code.OUT_OF_RANGE);

    private EndCases() {
    }

    static void addTo(Catalogue catalogue) {
        for (int i = 0; i < ENDINGS.size(); i++) {
            Status.Code code = ENDINGS.get(i);
            catalogue.add("EN-4." + (i + 1), "opens another session when the extension has ended one with " + code, node -> {
                Session session = node.session().open();
                session.expectSample();
                session.end(code.toStatus().withDescription("on purpose"));
                node.session().open().expectSample();
            });
        }
        int next = ENDINGS.size() + 1;
        catalogue.add("EN-4." + next, "opens another session when its descriptor was refused", node -> {
            Session session = node.session();
            session.expectDescriptor();
            session.end(Status.UNAVAILABLE.withDescription("no room"));
            node.session().open().expectSample();
        });
        catalogue.add("EN-4." + (next + 1), "does not hammer: waits between sessions that are refused, " + MOST_PER_SECOND
                                            + " a second of a camera are too many", EndCases::expectPauses);
        catalogue.add("EN-4." + (next + 2), "waits longer when sessions are refused again and again", EndCases::expectLongerPauses);
        catalogue.add("EN-2.2", "sends the samples of a new session by its own numbers, whatever was in flight before", node -> {
            Session session = node.session().open();
            session.expectSample();
            session.end(Status.UNAVAILABLE.withDescription("come again"));
            Session second = node.session().open();
            long number = second.expectSample().number();
            require(number == 2, "the first sample of the second session has the number " + Long.toUnsignedString(number));
        });
        catalogue.add("EN-5.1", "stands a status text of 4,000 characters", node -> {
            Session session = node.session().open();
            session.expectSample();
            session.end(Status.INTERNAL.withDescription("too long ".repeat(450)));
            node.session().open().expectSample();
        });
        catalogue.add("AU-1.1", "sends its credentials once, as x-ms-authentication", node -> {
            Credentials credentials = node.setting().credentials();
            if (credentials == null) {
                throw new NotApplicable("no --username and --password");
            }
            Metadata headers = node.session().headers();
            require(headers.containsKey(Credentials.HEADER), "there is no x-ms-authentication");
            require(credentials.match(headers), "x-ms-authentication is not the one of --username and --password, or comes twice");
        });
        catalogue.add("TL-1.1", "opens sessions over TLS", node -> {
            if (!node.setting().secured()) {
                throw new NotApplicable("no --cert and --key");
            }
            node.session().open().expectSample();
        });
    }

    private static void expectPauses(Node node) throws InterruptedException {
        List<Long> begins = refuse(node, MOST_PER_SECOND + 2, Duration.ofSeconds(1));
        require(begins.size() <= MOST_PER_SECOND, begins.size() + " sessions of one camera came within a second");
    }

    /** A busy machine makes single waits longer than they are meant to be: the least of the first counts, and the most of the last. */
    private static void expectLongerPauses(Node node) throws InterruptedException {
        List<Long> begins = refuse(node, 6, node.times().patience().multipliedBy(2));
        if (begins.size() < 6) {
            // it waits longer than this case does
            return;
        }
        long first = Math.min(begins.get(1) - begins.get(0), begins.get(2) - begins.get(1)) / 1_000_000;
        long last = Math.max(begins.get(4) - begins.get(3), begins.get(5) - begins.get(4)) / 1_000_000;
        node.transcript().note("it waited " + first + " ms at first, and " + last + " ms in the end");
        require(last * 2 > first * 3, "it waited " + first + " ms at first, and " + last + " ms in the end");
    }

    /** When sessions of one camera came: the first was opened, the others refused at once, and so are those of other cameras. */
    private static List<Long> refuse(Node node, int most, Duration within) throws InterruptedException {
        node.sendAllAway();
        // after a session that was opened, its waits are the first ones again
        Session first = node.session().open();
        first.expectSample();
        var camera = first.expectDescriptor().getGraphIdentifier();
        List<Long> begins = new ArrayList<>();
        Session session = first;
        long deadline = System.nanoTime() + within.toNanos();
        while (session != null && begins.size() < most) {
            if (session.expectDescriptor().getGraphIdentifier().equals(camera)) {
                begins.add(session.begunNanos());
            }
            session.end(Status.UNAVAILABLE.withDescription("no room"));
            session = node.sessionWithin(Duration.ofNanos(deadline - System.nanoTime()));
        }
        if (begins.size() == 1) {
            throw new RuleBroken("the camera did not come again within " + within.toMillis() + " ms");
        }
        return begins;
    }
}
