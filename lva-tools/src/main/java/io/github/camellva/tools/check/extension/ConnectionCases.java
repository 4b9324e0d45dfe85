package io.github.camellva.tools.check.extension;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.check.Level;
import io.github.camellva.tools.check.Messages;
import io.github.camellva.tools.check.RuleBroken;
import io.grpc.Status;

import static io.github.camellva.tools.check.extension.Extension.require;

/** The service, its messages, and sessions beside one another. */
final class ConnectionCases {

    private static final int SESSIONS_AT_ONCE = 8;
    private static final int SESSIONS_OF_A_FLOOD = 2_000;

    private ConnectionCases() {
    }

    static void addTo(Catalogue catalogue) {
        catalogue.add("CN-1.1", "serves ProcessMediaStream of MediaGraphExtension under its published name", extension -> {
            Conversation node = extension.session();
            node.send(extension.descriptor());
            node.awaitAnything();
            require(!node.hasEnded() || node.awaitEnd().getCode() != Status.Code.UNIMPLEMENTED, "the method is not there");
        });
        catalogue.add("CN-1.2", "sends nothing but messages of the contract, without fields that are not in it", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswers(node.sendSamples(5));
            node.answers().forEach(ConnectionCases::requireKnown);
        });
        catalogue.add("CN-1.3", "ignores fields that it does not know", extension -> {
            Conversation node = extension.session();
            node.send(node.next().setMediaStreamDescriptor(withUnknownField(extension.descriptor().build())));
            node.expectDescriptor();
            node.expectAnswer(node.send(node.next().setMediaSample(
                    extension.sample(0).setUnknownFields(unknownFields()))));
        });
        catalogue.add("CN-1.4", "reads the fields of a message in any order", extension -> {
            Conversation node = extension.session();
            MediaStreamMessage message = node.next().setMediaStreamDescriptor(extension.descriptor()).build();
            node.sendBytes(backwards(message), "the same with its fields backwards: " + Messages.describe(message));
            node.expectDescriptor();
        });
        catalogue.add("CN-1.5", Level.SHOULD, "ends calls of methods that are not there with UNIMPLEMENTED", extension -> {
            Conversation node = extension.session("ProcessNothing", extension.target().peer().headers());
            node.send(extension.descriptor());
            node.expectEnd(Status.Code.UNIMPLEMENTED);
        });
        catalogue.add("CN-2.1", "starts a second session from the beginning", extension -> {
            Conversation first = extension.session().open();
            first.expectAnswers(first.sendSamples(3));
            Conversation second = extension.session();
            second.send(extension.descriptor());
            long number = second.expectDescriptor().getSequenceNumber();
            require(number <= 1, "the first message of the second session has number " + number);
            second.expectAnswer(second.sendSample());
        });
        catalogue.add("CN-2.2", "does not take a session for opened because the one before was", extension -> {
            Conversation first = extension.session().open();
            first.halfClose();
            first.awaitEnd();
            Conversation second = extension.session();
            second.expectNotLookedAt(second.sendSample(), Status.Code.values());
        });
        catalogue.add("CN-2.3", "takes another session after one was cancelled", extension -> {
            Conversation first = extension.session().open();
            first.sendSamples(3);
            first.cancel();
            Conversation second = extension.session().open();
            second.expectAnswer(second.sendSample());
        });
        catalogue.add("CN-4.1", "serves two sessions at once, each with answers of its own", extension -> {
            Conversation one = extension.session().open();
            Conversation other = extension.session().open();
            Numbers ofOne = one.sendSamples(2);
            Numbers ofOther = other.sendSamples(5);
            other.expectAnswers(ofOther);
            one.expectAnswers(ofOne);
            require(extension.lag() > 0 || one.acknowledgements(5) == 0, "an answer of one session came in the other");
        });
        catalogue.add("CN-4.2", "serves " + SESSIONS_AT_ONCE + " sessions at once, or refuses some with RESOURCE_EXHAUSTED;"
                                + " it leaves none without a word", extension -> open(extension, SESSIONS_AT_ONCE));
        catalogue.add("CN-4.3", "serves sessions of two connections at once", extension -> {
            Conversation one = extension.session().open();
            extension.connect();
            Conversation other = extension.session().open();
            other.expectAnswer(other.sendSample());
            one.expectAnswer(one.sendSample());
        });
        catalogue.add("CN-4.4", "stands " + SESSIONS_OF_A_FLOOD + " sessions at once, and serves others afterwards", extension -> {
            List<Conversation> flood = new ArrayList<>();
            for (int i = 0; i < SESSIONS_OF_A_FLOOD && !extension.isOverdue(); i++) {
                if (i % 50 == 0) {
                    extension.connect();
                }
                flood.add(extension.session());
                flood.get(i).send(extension.descriptor());
            }
            flood.forEach(Conversation::cancel);
            extension.expectItStillServes();
        }, Need.HOSTILE);
        catalogue.add("CN-5.1", Level.SHOULD, "answers an HTTP/2 ping", PingedConnection::expectAnswer, Need.PLAIN_TEXT);
    }

    private static void open(Extension extension, int count) {
        List<Conversation> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(extension.session());
            nodes.get(i).send(extension.descriptor());
        }
        int without = 0;
        for (Conversation node : nodes) {
            if (node.hasEnded() || node.awaitAnything()) {
                if (node.hasEnded()) {
                    node.expectEnd(Status.Code.RESOURCE_EXHAUSTED);
                }
            } else {
                without++;
            }
        }
        if (without > 0) {
            throw new RuleBroken(without + " of " + count + " sessions were neither answered nor refused");
        }
    }

    private static void requireKnown(MediaStreamMessage message) {
        boolean known = message.getUnknownFields().asMap().isEmpty()
                && message.getMediaStreamDescriptor().getUnknownFields().asMap().isEmpty()
                && message.getMediaSample().getUnknownFields().asMap().isEmpty();
        require(known, "a message has fields that are not in the contract: " + Messages.describe(message));
    }

    private static MediaStreamDescriptor withUnknownField(MediaStreamDescriptor descriptor) {
        return descriptor.toBuilder().setUnknownFields(unknownFields()).build();
    }

    private static UnknownFieldSet unknownFields() {
        return UnknownFieldSet.newBuilder().addField(1_000, UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8("of a later version")).build()).build();
    }

    private static byte[] backwards(MediaStreamMessage message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.writeMessage(MediaStreamMessage.MEDIA_STREAM_DESCRIPTOR_FIELD_NUMBER, message.getMediaStreamDescriptor());
        output.writeUInt64(MediaStreamMessage.ACK_SEQUENCE_NUMBER_FIELD_NUMBER, message.getAckSequenceNumber());
        output.writeUInt64(MediaStreamMessage.SEQUENCE_NUMBER_FIELD_NUMBER, message.getSequenceNumber());
        output.flush();
        return bytes.toByteArray();
    }
}
