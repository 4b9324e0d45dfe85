package io.github.camellva.tools.check.extension;

import java.time.Duration;

import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.tools.check.Format;
import io.github.camellva.tools.check.Level;
import io.github.camellva.tools.check.Messages;
import io.github.camellva.tools.check.NotApplicable;
import io.github.camellva.tools.check.RuleBroken;
import io.grpc.Status;

import static io.github.camellva.tools.check.extension.Extension.require;

/** Descriptors. */
final class HandshakeCases {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private HandshakeCases() {
    }

    static void addTo(Catalogue catalogue) {
        addDescriptors(catalogue);
        addSamplesBefore(catalogue);
        addFormats(catalogue);
    }

    private static void addDescriptors(Catalogue catalogue) {
        catalogue.add("HS-1.1", "sends a descriptor as its first message", extension -> {
            Conversation node = extension.session();
            node.send(extension.descriptor());
            node.sendSamples(2);
            node.expectDescriptor();
        });
        catalogue.add("HS-2.1", "takes a descriptor whose graph has no names", extension -> {
            extension.session().open(extension.descriptor().setGraphIdentifier(GraphIdentifier.getDefaultInstance()));
        });
        catalogue.add("HS-2.2", "takes names of a hundred characters, in any script", extension -> {
            extension.session().open(extension.descriptor().setGraphIdentifier(GraphIdentifier.newBuilder()
                    .setGraphInstanceName("Größe 大きさ ".repeat(9)).setGraphNodeName("extension".repeat(11))
                    .setMediaServicesArmId("/subscriptions/0/resourceGroups/1/providers/microsoft.media/mediaservices/2")));
        });
        catalogue.add("HS-3.1", "answers the descriptor before any sample comes", extension -> extension.session().open());
        catalogue.add("HS-3.2", "acknowledges the node's descriptor with its own", extension -> {
            Conversation node = extension.session();
            Numbers number = node.send(extension.descriptor());
            long acknowledged = node.expectDescriptor().getAckSequenceNumber();
            require(acknowledged == number.first(), "the descriptor acknowledges " + acknowledged);
        });
        catalogue.add("HS-3.3", Level.SHOULD, "answers the descriptor within a second", extension -> {
            Conversation node = extension.session();
            long before = System.nanoTime();
            node.send(extension.descriptor());
            node.expectDescriptor();
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            require(took.compareTo(AT_ONCE) <= 0, "it took " + took.toMillis() + " ms");
        });
        catalogue.add("HS-4.1", "names itself: extension_identifier", extension -> {
            MediaStreamDescriptor own = own(extension, extension.descriptor());
            require(!own.getExtensionIdentifier().isEmpty(), "the descriptor has no extension_identifier");
        });
        catalogue.add("HS-4.2", "repeats the node's timescale", extension -> expectTimescale(extension, 90_000));
        catalogue.add("HS-4.3", "repeats a timescale of 1000", extension -> expectTimescale(extension, 1_000));
        catalogue.add("HS-8.1", "ends a session with a second descriptor with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session().open();
            node.send(extension.descriptor());
            node.expectRefusal();
        });
        catalogue.add("HS-8.2", "ends a session whose second descriptor comes after samples, too", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswers(node.sendSamples(2));
            node.send(extension.descriptor(extension.format().withSize(32, 32)));
            node.expectRefusal();
        });
        catalogue.add("HS-8.3", "sends one descriptor, and no other with its answers", extension -> {
            Conversation node = extension.session().open();
            node.expectAnswers(node.sendSamples(5));
            long descriptors = node.answers().stream().filter(MediaStreamMessage::hasMediaStreamDescriptor).count();
            require(descriptors == 1, descriptors + " descriptors came");
        });
        catalogue.add("HS-10.1", Level.MUST, "takes an extension_configuration, or refuses it with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session();
            node.send(extension.descriptor().setExtensionConfiguration("{\"model\": \"any\"}"));
            expectAnsweredOrRefused(node);
        });
        catalogue.add("HS-10.2", Level.MUST, "takes a configuration of 2,000 characters, or refuses it with INVALID_ARGUMENT",
                extension -> {
                    Conversation node = extension.session();
                    node.send(extension.descriptor().setExtensionConfiguration("é".repeat(2_000)));
                    expectAnsweredOrRefused(node);
                });
    }

    private static void addSamplesBefore(Catalogue catalogue) {
        catalogue.add("HS-7.1", "takes a sample that comes right behind the descriptor", extension -> {
            Conversation node = extension.session();
            node.send(extension.descriptor());
            Numbers early = node.sendSample();
            node.expectDescriptor();
            node.expectAnswer(early);
        });
        catalogue.add("HS-7.2", "takes ten of them, and answers the descriptor first", extension -> {
            Conversation node = extension.session();
            node.send(extension.descriptor());
            Numbers early = node.sendSamples(10);
            node.expectDescriptor();
            node.expectAnswers(early);
        });
        catalogue.add("HS-13.1", "ends a session that begins with a sample with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session();
            node.sendSample();
            node.expectRefusal();
        });
        catalogue.add("HS-13.2", "ends a session that begins with an empty message with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session();
            node.send(node.next());
            node.expectRefusal();
        });
        catalogue.add("HS-13.3", "does not acknowledge a sample that came in place of the descriptor", extension -> {
            Conversation node = extension.session();
            Numbers number = node.sendSample();
            if (!node.awaitAnything() || node.hasEnded()) {
                return;
            }
            require(node.acknowledgements(number.first()) == 0, "the sample was acknowledged");
        });
    }

    private static void addFormats(Catalogue catalogue) {
        catalogue.add("HS-11.1", "takes a descriptor without a format, or refuses it with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session();
            node.send(extension.descriptorOfInferences());
            expectAnsweredOrRefused(node);
        });
        catalogue.add("HS-11.2", "acknowledges samples without content in a session without a format", extension -> {
            Conversation node = extension.session();
            node.send(extension.descriptorOfInferences());
            node.awaitAnything();
            if (node.hasEnded()) {
                throw new NotApplicable("sessions without a format are not served: " + Messages.describe(node.awaitEnd()));
            }
            MediaSample.Builder[] samples = new MediaSample.Builder[3 + extension.lag()];
            Numbers first = null;
            for (int i = 0; i < samples.length; i++) {
                Numbers number = node.send(node.sample());
                first = first == null ? number : first;
            }
            node.awaitAnswers(new Numbers(first.first(), first.first() + 2));
        });
        catalogue.add("HS-12.1", "refuses an encoding that does not exist with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session();
            MediaStreamDescriptor.Builder descriptor = extension.descriptor();
            descriptor.getMediaDescriptorBuilder().getVideoFrameSampleFormatBuilder().setEncodingValue(99);
            node.send(descriptor);
            node.expectRefusal();
        });
        catalogue.add("HS-12.2", "refuses a pixel format that does not exist with INVALID_ARGUMENT", extension -> {
            Conversation node = extension.session();
            MediaStreamDescriptor.Builder descriptor = extension.descriptor();
            descriptor.getMediaDescriptorBuilder().getVideoFrameSampleFormatBuilder().setEncoding(Encoding.RAW)
                    .setPixelFormatValue(99);
            node.send(descriptor);
            node.expectRefusal();
        });
        catalogue.add("HS-12.3", "refuses the formats that it does not serve with INVALID_ARGUMENT", extension -> {
            extension.profile().refusals().forEach((format, how) -> {
                extension.transcript().note(format + ": " + how);
                if (!how.startsWith(Status.Code.INVALID_ARGUMENT.name())) {
                    throw new RuleBroken("a session of " + format + " had this end: " + how);
                }
            });
        });
        catalogue.add("HS-12.4", "says what it accepts when it refuses a format", extension -> {
            Format refused = extension.profile().refusals().keySet().stream().findFirst()
                    .orElseThrow(() -> new NotApplicable("it serves all formats"));
            String how = extension.profile().refusals().get(refused);
            extension.transcript().note(refused + ": " + how);
            boolean names = Profile.formats(extension.format()).stream().filter(extension.profile()::serves)
                    .anyMatch(served -> how.contains(served.encoding().name()) || how.contains(served.pixelFormat().name()));
            require(names, "the refusal of " + refused + " names nothing that is accepted: " + how);
        });
    }

    private static MediaStreamDescriptor own(Extension extension, MediaStreamDescriptor.Builder descriptor) {
        Conversation node = extension.session();
        node.send(descriptor);
        return node.expectDescriptor().getMediaStreamDescriptor();
    }

    private static void expectTimescale(Extension extension, int ticks) {
        MediaStreamDescriptor.Builder descriptor = extension.descriptor();
        descriptor.getMediaDescriptorBuilder().setTimescale(ticks);
        int repeated = own(extension, descriptor).getMediaDescriptor().getTimescale();
        require(repeated == ticks, "the descriptor has timescale " + Integer.toUnsignedString(repeated));
    }

    private static void expectAnsweredOrRefused(Conversation node) {
        node.awaitAnything();
        if (node.hasEnded()) {
            node.expectRefusal();
        } else {
            node.expectDescriptor();
        }
    }
}
