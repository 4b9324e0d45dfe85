package io.github.camellva.tools.check.extension;

import java.util.Arrays;

import com.google.protobuf.ByteString;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.tools.check.Format;
import io.github.camellva.tools.check.NotApplicable;
import io.grpc.Status;

import static io.github.camellva.tools.check.extension.Extension.require;

/** Content in messages. */
final class ContentCases {

    /** Above gRPC's default of 4 MiB, above what this project's extension takes, and above that. */
    private static final int[] LARGE_MEBIBYTES = { 5, 65, 129 };

    private ContentCases() {
    }

    static void addTo(Catalogue catalogue) {
        catalogue.add("EM-1.1", "looks at content_bytes", extension -> {
            Conversation node = extension.session().open();
            node.expectLookedAt(node.sendSample());
        });
        catalogue.add("EM-1.2", "does not look at a content_reference in a session without shared memory", extension -> {
            Conversation node = extension.session().open();
            node.expectNotLookedAt(node.sendReference(0, 100), Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
        });
        catalogue.add("EM-1.3", "takes content that comes with inferences of earlier steps", extension -> {
            Conversation node = extension.session().open();
            node.expectLookedAt(node.send(extension.sample(0).addAllInferences(Upstream.all())));
        });
        catalogue.add("EM-1.4", "takes a sample with both kinds of content as the last one says", extension -> {
            Conversation node = extension.session().open();
            byte[] both = concatenate(
                    MediaSample.newBuilder().setContentReference(
                            io.github.camellva.proto.ContentReference.newBuilder().setLengthBytes(4)).build().toByteArray(),
                    extension.sample(0).build().toByteArray());
            node.expectAnswer(node.send(node.next().setMediaSample(MediaSample.parseFrom(both))));
        });
        catalogue.add("EM-3.1", "looks at RAW content of exactly stride x rows bytes", extension -> {
            Conversation node = extension.session().open();
            node.expectLookedAt(node.sendContent(extension.format().frame(1)));
        }, Need.RAW);
        catalogue.add("EM-3.2", "does not look at RAW content that is one byte short", extension -> {
            byte[] frame = extension.format().frame(1);
            Conversation node = extension.session().open();
            node.expectNotLookedAt(
                    node.sendContent(Arrays.copyOf(frame, frame.length - 1)), Status.Code.INVALID_ARGUMENT);
        }, Need.RAW);
        catalogue.add("EM-3.3", "does not look at RAW content of one byte", extension -> {
            Conversation node = extension.session().open();
            node.expectNotLookedAt(node.sendContent(new byte[1]), Status.Code.INVALID_ARGUMENT);
        }, Need.RAW);
        catalogue.add("EM-4.1", "looks at RAW content that is one byte too long", extension -> expectLongerIsFine(extension, 1),
                Need.RAW);
        catalogue.add("EM-4.2", "looks at RAW content that is a thousand bytes too long",
                extension -> expectLongerIsFine(extension, 1_000), Need.RAW);
        catalogue.add("EM-5.1", "refuses a message that is too large with RESOURCE_EXHAUSTED", extension -> {
            requireRefusal(extension, Status.Code.RESOURCE_EXHAUSTED);
        });
        catalogue.add("EM-5.2", "says then how large a message may be", extension -> {
            Status end = requireRefusal(extension, Status.Code.values());
            require(end.getDescription() != null && end.getDescription().matches("(?s).*\\d{4,}.*"),
                    "the refusal names no size: " + end.getDescription());
        });
        catalogue.add("EM-5.3", "serves others after a message that was too large", extension -> {
            requireRefusal(extension, Status.Code.values());
            extension.expectItStillServes();
        });
    }

    private static void expectLongerIsFine(Extension extension, int more) {
        Format format = extension.format();
        byte[] frame = format.frame(1);
        Conversation node = extension.session().open();
        node.expectLookedAt(node.sendContent(Arrays.copyOf(frame, frame.length + more)));
    }

    /** Sends ever larger messages until one is refused. */
    private static Status requireRefusal(Extension extension, Status.Code... expected) {
        for (int mebibytes : LARGE_MEBIBYTES) {
            int bytes = mebibytes << 20;
            if (bytes > extension.target().maxMessageSize()) {
                break;
            }
            Conversation node = extension.session().open();
            Numbers number = node.send(node.sample().setContentBytes(
                    ContentBytes.newBuilder().setBytes(ByteString.copyFrom(new byte[bytes]))));
            node.settle(number);
            if (node.acknowledgements(number.first()) == 0) {
                return node.expectEnd(expected);
            }
        }
        throw new NotApplicable("messages of " + (extension.target().maxMessageSize() >> 20) + " MiB are not too large");
    }

    private static byte[] concatenate(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
