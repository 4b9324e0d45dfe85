package io.github.camellva.tools.check.extension;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.check.Level;
import io.grpc.Status;

import static io.github.camellva.tools.check.extension.Extension.require;

/** Acknowledgements, their order, and what the extension does when there are many. */
final class AcknowledgementCases {

    private static final int MANY = 200;
    private static final int FLOOD = 20_000;
    private static final byte[] NO_PICTURE = { 'n', 'o', ' ', 'p', 'i', 'c', 't', 'u', 'r', 'e' };

    private AcknowledgementCases() {
    }

    static void addTo(Catalogue catalogue) {
        addOfEverySample(catalogue);
        addOfSamplesOfNoUse(catalogue);
        addOrder(catalogue);
        addCredit(catalogue);
    }

    private static void addOfEverySample(Catalogue catalogue) {
        catalogue.add("AK-1.1", "acknowledges a sample", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswer(node.sendSample());
        });
        catalogue.add("AK-1.2", "acknowledges each of twenty samples exactly once", extension -> {
            Conversation node = extension.session().open();
            Numbers sent = node.sendSamples(20);
            node.expectAnswers(sent);
            node.halfClose();
            node.awaitEnd();
            for (long number : sent) {
                require(node.acknowledgements(number) == 1,
                        "sample " + number + " was acknowledged " + node.acknowledgements(number) + " times");
            }
        });
        catalogue.add("AK-1.3", "acknowledges nothing that was not sent", extension -> {
            Conversation node = extension.session().open();
            Numbers sent = node.sendSamples(10);
            node.expectAnswers(sent);
            node.halfClose();
            node.awaitEnd();
            List<Long> strays = node.acknowledged().stream().filter(number -> number > sent.last() + extension.lag()).toList();
            require(strays.isEmpty(), "numbers were acknowledged that nobody sent: " + Lists.shorten(strays));
        });
        catalogue.add("AK-1.4", "acknowledges samples one by one, as long as a session lasts", extension -> {
            Conversation node = extension.session().open();
            for (int i = 0; i < 30; i++) {
                node.expectAnswer(node.sendSample());
            }
        });
        catalogue.add("AK-1.5", "acknowledges " + MANY + " samples that come at once", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswers(node.sendSamples(MANY));
        });
        catalogue.add("AK-1.6", "acknowledges what it has when the node sends no more", extension -> {
            Conversation node = extension.session().open();
            Numbers sent = node.sendSamples(5);
            node.halfClose();
            node.awaitAnswers(sent);
        });
        catalogue.add("AK-1.7", "acknowledges a sample without content and without inferences", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswer(node.send(node.sample()));
        });
        catalogue.add("AK-1.8", "acknowledges the samples before a broken rule, and then ends the session", extension -> {
            Conversation node = extension.session().open();
            Numbers sent = node.sendSamples(3);
            node.send(extension.descriptor());
            node.awaitAnswers(sent);
        });
        catalogue.add("AK-2.1", Level.SHOULD, "acknowledges a sample with the message that says what was found in it", extension -> {
            Conversation node = extension.session().open();
            Numbers sent = node.sendSample();
            node.expectAnswer(sent);
            node.halfClose();
            node.awaitEnd();
            require(node.acknowledgements(sent.first()) == 1, "more than one message came for sample " + sent);
        });
        catalogue.add("AK-3.1", "answers a sample that it has looked at with a media_sample", extension -> {
            Conversation node = extension.session().open();
            node.expectLookedAt(node.sendSample());
        });
        catalogue.add("AK-3.2", "answers each of eight samples so", extension -> {
            Conversation node = extension.session().open();
            for (MediaStreamMessage answer : node.expectAnswers(node.sendSamples(8))) {
                require(answer.hasMediaSample(), "sample " + answer.getAckSequenceNumber() + " was acknowledged alone");
            }
        });
        catalogue.add("AK-9.1", Level.MUST, "goes on when the node acknowledges its messages", extension -> {
            Conversation node = extension.session().open();
            node.send(node.next().setAckSequenceNumber(1));
            Numbers sent = node.send(node.next().setAckSequenceNumber(1).setMediaSample(extension.sample(0)));
            node.expectAnswer(sent);
        });
        catalogue.add("AK-9.2", Level.SHOULD, "goes on when the node acknowledges what was never sent", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswer(node.send(node.next().setAckSequenceNumber(12_345).setMediaSample(extension.sample(0))));
        });
        catalogue.add("AK-10.1", "acknowledges a sample without waiting for another one", extension -> {
            Conversation node = extension.session().open();
            node.awaitAnswers(node.sendSample());
        });
        catalogue.add("AK-10.2", "acknowledges the last of five samples without waiting for another one", extension -> {
            Conversation node = extension.session().open();
            node.awaitAnswers(node.sendSamples(5));
        });
    }

    private static void addOfSamplesOfNoUse(Catalogue catalogue) {
        catalogue.add("AK-3.3", "does not answer a sample whose content it cannot read as if it had looked at it", extension -> {
            Conversation node = extension.session().open();
            node.expectNotLookedAt(node.sendContent(NO_PICTURE), Status.Code.values());
        });
        catalogue.add("AK-1.9", "acknowledges a sample whose content it cannot read, or ends the session with INVALID_ARGUMENT",
                extension -> {
                    Conversation node = extension.session().open();
                    expectSettled(node, node.sendContent(NO_PICTURE));
                });
        catalogue.add("AK-1.10", "acknowledges a sample whose content is empty, or ends the session with INVALID_ARGUMENT",
                extension -> {
                    Conversation node = extension.session().open();
                    expectSettled(node, node.sendContent(new byte[0]));
                });
        catalogue.add("AK-1.11", "acknowledges the sample after one that it cannot read, unless it has ended the session", extension -> {
            Conversation node = extension.session().open();
            Numbers useless = node.sendContent(NO_PICTURE);
            Numbers sent = node.sendSamples(2);
            node.settle(useless);
            if (!node.hasEnded()) {
                node.expectAnswers(sent);
            }
        });
    }

    private static void addOrder(Catalogue catalogue) {
        catalogue.add("AK-5.1", "acknowledges fifty samples in their order", extension -> {
            Conversation node = extension.session().open();
            expectInOrder(node, node.sendSamples(50));
        });
        catalogue.add("AK-5.2", "keeps the order when some samples have no content", extension -> {
            Conversation node = extension.session().open();
            Numbers first = node.sendSample();
            long last = first.last();
            for (int i = 0; i < 10; i++) {
                node.send(node.sample());
                last = node.sendSample().last();
            }
            expectInOrder(node, new Numbers(first.first(), last));
        });
    }

    private static void addCredit(Catalogue catalogue) {
        catalogue.add("CR-2.1", Level.MUST, "loses no answer of a node that stops reading for a while", extension -> {
            Conversation node = extension.session().open();
            node.stopReading();
            Numbers sent = node.sendSamples(100);
            node.readAgain();
            node.expectAnswers(sent);
        });
        catalogue.add("CR-2.2", "stops reading when it has as many samples as it can process: a flood waits at the node",
                AcknowledgementCases::flood, Need.HOSTILE);
        catalogue.add("CR-3.1", Level.MUST, "acknowledges every sample, also those that it has no time for", extension -> {
            Conversation node = extension.session().open();
            Numbers sent = node.sendSamples(500);
            node.expectAnswers(sent);
        });
    }

    /** Nobody reads the answers, so that an extension that goes on reading needs memory without end. */
    private static void flood(Extension extension) throws InterruptedException {
        extension.connectNarrowly();
        Conversation node = extension.session().open();
        node.stopReading();
        int sent = 0;
        while (sent < FLOOD && node.awaitReady(extension.patience().dividedBy(2))) {
            node.sendSample();
            sent++;
        }
        require(sent < FLOOD, "it read " + FLOOD + " samples, none of whose answers was taken");
        node.cancel();
        extension.expectItStillServes();
    }

    private static void expectInOrder(Conversation node, Numbers sent) {
        node.expectAnswers(sent);
        List<Long> order = node.acknowledged().stream().filter(sent.list()::contains).toList();
        List<Long> sorted = new ArrayList<>(order);
        Collections.sort(sorted);
        require(order.equals(sorted), "the order was " + Lists.shorten(order));
    }

    private static void expectSettled(Conversation node, Numbers number) {
        node.settle(number);
        if (node.acknowledgements(number.first()) == 0) {
            node.expectRefusal();
        }
    }
}
