package io.github.camellva.tools.check.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.Terminal;
import io.github.camellva.tools.check.CaseResult;
import io.github.camellva.tools.check.Messages;
import io.github.camellva.tools.check.NotApplicable;
import io.github.camellva.tools.check.Report;
import io.github.camellva.tools.check.RuleBroken;
import io.github.camellva.tools.check.Strictness;
import io.github.camellva.tools.check.Verdict;
import io.github.camellva.proto.MediaStreamMessage;

/** Plays cases to a node, each in its next session. */
final class NodeCheck {

    private final ScriptedExtension extension;
    private final Node.Setting setting;
    private final Strictness strictness;
    private final Terminal terminal;

    NodeCheck(ScriptedExtension extension, Node.Setting setting, Strictness strictness, Terminal terminal) {
        this.extension = extension;
        this.setting = setting;
        this.strictness = strictness;
        this.terminal = terminal;
    }

    /**
     * @param  wait             for the node to come at all
     * @throws CommandException if it does not
     */
    Report run(List<NodeCase> cases, Duration wait) throws Exception {
        Instant begun = Instant.now();
        terminal.progress("waiting for a node at port " + extension.port());
        try {
            Map<String, String> facts = facts(wait);
            long nanos = System.nanoTime();
            List<CaseResult> results = new ArrayList<>();
            for (NodeCase each : cases) {
                terminal.progress("[" + (results.size() + 1) + "/" + cases.size() + "] " + each.info().id() + " "
                                  + each.info().expected());
                CaseResult result = tried(each);
                results.add(result);
                if (strictness.isEnoughSeen(result)) {
                    break;
                }
            }
            return new Report("The node", "port " + extension.port(), begun, Duration.ofNanos(System.nanoTime() - nanos), facts, strictness,
                    results);
        } finally {
            terminal.clear();
        }
    }

    /** Of the first session, which plays no case. */
    private Map<String, String> facts(Duration wait) throws InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        try (Node node = new Node(extension, setting)) {
            Session session = node.sessionWithin(wait);
            if (session == null) {
                throw new CommandException("no node came to port " + extension.port() + " within " + wait.toSeconds()
                                           + " s; start one that sends frames there, and does not stop");
            }
            MediaStreamDescriptor descriptor = session.expectDescriptor();
            facts.put("first session", Messages.describe(MediaStreamMessage.newBuilder().setMediaStreamDescriptor(descriptor).build())
                    .replaceFirst("^.*?descriptor: ", ""));
            facts.put("frames", descriptor.hasSharedMemoryBufferTransferProperties() ? "in shared memory" : "embedded in messages");
        } catch (RuleBroken e) {
            facts.put("first session", e.getMessage());
        }
        return facts;
    }

    private CaseResult tried(NodeCase each) throws Exception {
        long begun = System.nanoTime();
        Verdict verdict = Verdict.PASSED;
        String seen = "";
        try (Node node = new Node(extension, setting)) {
            try {
                each.script().play(node);
            } catch (RuleBroken e) {
                verdict = Verdict.FAILED;
                seen = e.getMessage();
            } catch (NotApplicable e) {
                verdict = Verdict.SKIPPED;
                seen = e.getMessage();
            }
            return new CaseResult(each.info(), verdict, seen, Duration.ofNanos(System.nanoTime() - begun), node.transcript().lines());
        }
    }
}
