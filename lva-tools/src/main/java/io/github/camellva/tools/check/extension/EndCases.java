package io.github.camellva.tools.check.extension;

import io.github.camellva.tools.check.Level;
import io.grpc.Status;

/** How sessions end. */
final class EndCases {

    private EndCases() {
    }

    static void addTo(Catalogue catalogue) {
        catalogue.add("EN-1.1", "ends a session with OK when the node half-closes it", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswer(node.sendSample());
            node.halfClose();
            node.expectEnd(Status.Code.OK);
        });
        catalogue.add("EN-1.2", "ends a session without samples with OK", extension -> {
            Conversation node = extension.session().open();
            node.halfClose();
            node.expectEnd(Status.Code.OK);
        });
        catalogue.add("EN-1.3", "acknowledges what it has, and ends with OK then", extension -> {
            Conversation node = extension.session().open();
            Numbers sent = node.sendSamples(10);
            node.halfClose();
            node.awaitAnswers(sent);
            node.expectEnd(Status.Code.OK);
        });
        catalogue.add("EN-1.4", "answers a descriptor behind which the node half-closes at once", extension -> {
            Conversation node = extension.session();
            node.send(extension.descriptor());
            node.halfClose();
            node.expectDescriptor();
            node.expectEnd(Status.Code.OK);
        });
        catalogue.add("EN-1.5", Level.MUST, "ends a session that the node half-closes before it has said who it is", extension -> {
            Conversation node = extension.session();
            node.halfClose();
            node.awaitEnd();
        });
        catalogue.add("EN-2.1", "serves others after a node vanished with samples in flight", extension -> {
            Conversation node = extension.session().open();
            node.sendSamples(10);
            node.cancel();
            extension.expectItStillServes();
        });
        catalogue.add("EN-2.2", "serves others after thirty nodes vanished one after the other", extension -> {
            for (int i = 0; i < 30; i++) {
                Conversation node = extension.session().open();
                node.sendSamples(2);
                node.cancel();
            }
            extension.expectItStillServes();
        });
        catalogue.add("EN-2.3", "serves others after thirty nodes vanished before they said who they are", extension -> {
            for (int i = 0; i < 30; i++) {
                extension.session().cancel();
            }
            extension.expectItStillServes();
        });
    }
}
