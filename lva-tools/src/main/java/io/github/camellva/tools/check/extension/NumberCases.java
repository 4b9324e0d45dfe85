package io.github.camellva.tools.check.extension;

import java.util.List;
import java.util.stream.LongStream;

import io.github.camellva.proto.MediaStreamMessage;

import static io.github.camellva.tools.check.extension.Extension.require;

/** Sequence numbers. */
final class NumberCases {

    private NumberCases() {
    }

    static void addTo(Catalogue catalogue) {
        catalogue.add("SN-1.1", "gives its descriptor the number 1", extension -> {
            Conversation node = extension.session().open();
            long number = node.expectDescriptor().getSequenceNumber();
            require(number == 1, "the descriptor has number " + number);
        });
        catalogue.add("SN-1.2", "numbers its answers 2, 3, 4, … as they leave", extension -> expectOneByOne(extension, 20));
        catalogue.add("SN-1.3", "numbers the answers to a hundred samples at once without a gap", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswers(node.sendSamples(100));
            expectFollowing(node, 101);
        });
        catalogue.add("SN-1.4", "numbers each session by itself", extension -> {
            Conversation one = extension.session().open();
            one.expectAnswers(one.sendSamples(4));
            Conversation other = extension.session().open();
            other.expectAnswers(other.sendSamples(4));
            expectFollowing(one, 5);
            expectFollowing(other, 5);
        });
        catalogue.add("SN-2.1", "ends a session whose node repeats a number with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session().open();
            Numbers sent = node.sendSample();
            node.send(node.next().setSequenceNumber(sent.first()).setMediaSample(extension.sample(1)));
            node.expectRefusal();
        });
        catalogue.add("SN-2.2", "ends a session whose node goes back with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session().open();
            node.send(node.next().setSequenceNumber(9).setMediaSample(extension.sample(0)));
            node.send(node.next().setSequenceNumber(5).setMediaSample(extension.sample(1)));
            node.expectRefusal();
        });
        catalogue.add("SN-2.3", "ends a session whose node sends the number 0 with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session().open();
            node.send(node.next().setSequenceNumber(0).setMediaSample(extension.sample(0)));
            node.expectRefusal();
        });
        catalogue.add("SN-2.4", "takes numbers that leave some out", extension -> {
            Conversation node = extension.session().open();
            Numbers first = node.sendSample();
            Numbers later = node.send(node.next().setSequenceNumber(1_000).setMediaSample(extension.sample(1)));
            node.expectAnswer(first);
            node.expectAnswer(later);
        });
        catalogue.add("SN-2.5", "takes numbers beyond 63 bits, which are greater and not negative", extension -> {
            Conversation node = extension.session().open();
            Numbers first = node.sendSample();
            Numbers large = node.send(node.next().setSequenceNumber(1L << 63).setMediaSample(extension.sample(1)));
            node.expectAnswer(first);
            node.expectAnswer(large);
        });
        catalogue.add("SN-4.1", "answers no sample with the acknowledgement 0", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswers(node.sendSamples(5));
            long nothing = node.answers().stream().skip(1).filter(MediaStreamMessage::hasMediaSample)
                    .filter(answer -> answer.getAckSequenceNumber() == 0).count();
            require(nothing == 0, nothing + " samples came that acknowledge nothing");
        });
    }

    private static void expectOneByOne(Extension extension, int samples) {
        Conversation node = extension.session().open();
        for (int i = 0; i < samples; i++) {
            node.expectAnswer(node.sendSample());
        }
        expectFollowing(node, samples + 1);
    }

    /** From whatever number the descriptor has. */
    private static void expectFollowing(Conversation node, int messages) {
        List<Long> numbers = node.answers().stream().map(MediaStreamMessage::getSequenceNumber).toList();
        require(numbers.size() >= messages, numbers.size() + " messages came, and " + messages + " were due");
        List<Long> expected = LongStream.range(0, numbers.size()).map(i -> numbers.get(0) + i).boxed().toList();
        require(numbers.equals(expected), "the numbers are " + Lists.shorten(numbers));
    }
}
