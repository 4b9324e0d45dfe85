package io.github.camellva.tools.check.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.check.Messages;
import io.github.camellva.tools.check.RuleBroken;
import io.grpc.Status;

import static io.github.camellva.tools.check.node.Node.require;

/** How sessions begin. */
final class HandshakeCases {

    private HandshakeCases() {
    }

    static void addTo(Catalogue catalogue) {
        catalogue.add("CN-1.1", "calls ProcessMediaStream of MediaGraphExtension under its published name", Node::session);
        catalogue.add("CN-1.2", "sends nothing but messages of the contract, without fields that are not in it", node -> {
            Session session = node.session().open();
            session.expectAnsweredSamples(5);
            session.messages().forEach(HandshakeCases::requireKnown);
        });
        catalogue.add("CN-1.3", "ignores fields that it does not know", node -> {
            Session session = node.session();
            session.open(session.answerToDescriptor().setUnknownFields(unknownFields()));
            Sample sample = session.expectSample();
            session.send(session.answerTo(sample).setUnknownFields(unknownFields()));
            session.expectItGoesOn();
        });
        catalogue.add("CN-2.1", "begins the next session with a descriptor and the number 1 again", node -> {
            Session first = node.session().open();
            first.expectAnsweredSamples(3);
            first.end(Status.UNAVAILABLE.withDescription("come again"));
            Session second = node.session().open();
            long number = second.messages().get(0).getSequenceNumber();
            require(number == 1, "the second session began with the number " + Long.toUnsignedString(number));
        });
        catalogue.add("HS-1.1", "sends a descriptor as its first message", node -> node.session().expectDescriptor());
        catalogue.add("HS-2.1", "names its graph: graph_identifier", node -> {
            MediaStreamDescriptor descriptor = node.session().expectDescriptor();
            require(descriptor.hasGraphIdentifier(), "the descriptor has no graph_identifier");
        });
        addDescriptorsOfExtensions(catalogue);
        catalogue.add("HS-6.1", "sends no sample before the extension's descriptor has come", node -> {
            Session session = node.session();
            session.expectDescriptor();
            if (session.receive(node.times().quiet()) && !session.hasEnded()) {
                throw new RuleBroken("a message came before the descriptor was answered: "
                                     + Messages.describe(session.messages().get(1)));
            }
        });
        catalogue.add("HS-6.2", "sends samples when the descriptor comes late", node -> {
            Session session = node.session();
            session.expectDescriptor();
            session.receive(node.times().quiet());
            session.send(session.answerToDescriptor());
            session.expectItGoesOn();
        });
        catalogue.add("HS-8.1", "sends one descriptor in a session", node -> {
            Session session = node.session().open();
            session.expectAnsweredSamples(10);
            long descriptors = session.messages().stream().filter(MediaStreamMessage::hasMediaStreamDescriptor).count();
            require(descriptors == 1, descriptors + " descriptors came");
        });
        catalogue.add("HS-9.1", "gives up a session whose descriptor is not answered in time", node -> {
            Session session = node.session();
            session.expectDescriptor();
            session.expectEnd(node.times().giveUp());
        });
    }

    private static void addDescriptorsOfExtensions(Catalogue catalogue) {
        catalogue.add("HS-5.1", "takes a descriptor without an identifier", node -> {
            Session session = node.session();
            MediaStreamMessage.Builder answer = session.answerToDescriptor();
            answer.getMediaStreamDescriptorBuilder().clearStreamIdentifier();
            session.open(answer).expectItGoesOn();
        });
        catalogue.add("HS-5.2", "takes a descriptor without a media descriptor", node -> {
            Session session = node.session();
            MediaStreamMessage.Builder answer = session.answerToDescriptor();
            answer.getMediaStreamDescriptorBuilder().clearMediaDescriptor();
            session.open(answer).expectItGoesOn();
        });
        catalogue.add("HS-5.3", "takes a descriptor of number 0 that acknowledges 0", node -> {
            Session session = node.session();
            session.open(session.answerToDescriptor().setSequenceNumber(0).setAckSequenceNumber(0)).expectItGoesOn();
        });
        catalogue.add("HS-5.4", "takes an empty descriptor", node -> {
            Session session = node.session();
            session.open(session.answerToDescriptor().setMediaStreamDescriptor(MediaStreamDescriptor.getDefaultInstance()))
                    .expectItGoesOn();
        });
    }

    private static void requireKnown(MediaStreamMessage message) {
        boolean known = message.getUnknownFields().asMap().isEmpty()
                && message.getMediaStreamDescriptor().getUnknownFields().asMap().isEmpty()
                && message.getMediaSample().getUnknownFields().asMap().isEmpty();
        require(known, "a message has fields that are not in the contract: " + Messages.describe(message));
    }

    private static UnknownFieldSet unknownFields() {
        return UnknownFieldSet.newBuilder().addField(1_000, UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8("of a later version")).build()).build();
    }
}
