package io.github.camellva.tools.check.extension;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.github.camellva.tools.check.Format;
import io.github.camellva.tools.check.Level;
import io.grpc.Status;

import static io.github.camellva.tools.check.extension.Extension.require;

/** What a node can do to an extension, and what it must not come to. */
final class LimitCases {

    private static final int LONG = 100_000;
    /** What a stack trace, a path or the name of a class looks like in the languages that such programs are written in. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\bat [\\w.$]+\\(|Traceback|File \"|\\.(py|cs|java|cpp):\\d+|\\b(java|javax|System|com|org|io)\\.\\w+\\.\\w*(Exception|Error)"
                                                          + "|(^|[\\s'\"(])/(home|root|usr|opt|etc|tmp|app|dev|var)/");

    private LimitCases() {
    }

    static void addTo(Catalogue catalogue) {
        addCosts(catalogue);
        addNames(catalogue);
        addSizes(catalogue);
        addOthers(catalogue);
        addTexts(catalogue);
    }

    private static void addCosts(Catalogue catalogue) {
        catalogue.add("LM-1.1", "stands a sample with 10,000 empty inferences", extension -> {
            stand(extension, extension.sample(0).addAllInferences(
                    Collections.nCopies(10_000, Inference.getDefaultInstance())));
        });
        catalogue.add("LM-1.2", "stands a sample with a megabyte of fields that it does not know", extension -> {
            stand(extension, extension.sample(0).setUnknownFields(UnknownFieldSet.newBuilder().addField(1_000,
                    UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(new byte[1 << 20])).build()).build()));
        });
        catalogue.add("LM-1.3", "refuses a message with a million empty inferences, which take hundred times their bytes in memory",
                extension -> {
                    Conversation node = extension.session().open();
                    Numbers number = node.send(extension.sample(0).addAllInferences(
                            Collections.nCopies(1_000_000, Inference.getDefaultInstance())));
                    node.settle(number);
                    require(node.acknowledgements(number.first()) == 0, "it took a million inferences in one message");
                    extension.expectItStillServes();
                }, Need.HOSTILE);
    }

    private static void addNames(Catalogue catalogue) {
        catalogue.add("LM-2.1", "refuses a graph name of " + LONG + " characters with INVALID_ARGUMENT or RESOURCE_EXHAUSTED",
                extension -> {
                    MediaStreamDescriptor.Builder descriptor = extension.descriptor();
                    descriptor.getGraphIdentifierBuilder().setGraphInstanceName("x".repeat(LONG));
                    expectRefused(extension, descriptor);
                });
        catalogue.add("LM-2.2", "refuses a configuration of two million characters with INVALID_ARGUMENT or RESOURCE_EXHAUSTED",
                extension -> expectRefused(extension, extension.descriptor().setExtensionConfiguration("x".repeat(2_000_000))));
        catalogue.add("LM-2.3", "shortens what it repeats of a node", extension -> {
            MediaStreamDescriptor.Builder descriptor = extension.descriptor();
            descriptor.getGraphIdentifierBuilder().setGraphInstanceName("x".repeat(LONG));
            Conversation node = extension.session();
            node.send(descriptor);
            node.awaitAnything();
            String text = node.hasEnded() ? String.valueOf(node.awaitEnd().getDescription()) : "";
            require(text.length() < 2_000, "the refusal has " + text.length() + " characters");
        });
    }

    private static void addSizes(Catalogue catalogue) {
        catalogue.add("LM-3.1", "sets no memory aside for RAW frames of 65,535 x 65,535 that do not come", extension -> standDescriptor(
                extension, 65_535, 65_535, 0));
        catalogue.add("LM-3.2", "does not calculate with 32 bits: 65,536 x 65,536 bytes are not 0", extension -> standDescriptor(
                extension, 65_536, 65_536, 0));
        catalogue.add("LM-3.3", "stands a width of 2^32 - 1", extension -> standDescriptor(extension, -1, 1, 0));
        catalogue.add("LM-3.4", "stands a stride of 2^32 - 1", extension -> standDescriptor(extension, 4, 4, -1));
        catalogue.add("LM-3.5", "stands a picture whose header announces 30,000 x 30,000 pixels", extension -> {
            Format png = extension.served(Format.encoded(Encoding.PNG, extension.format().width(), extension.format().height()));
            Conversation node = extension.session().open(extension.descriptor(png));
            node.settle(node.sendContent(hugePng()));
            extension.expectItStillServes();
        });
    }

    private static void addOthers(Catalogue catalogue) {
        catalogue.add("LM-5.1", "ends a session whose bytes are no message, and only that one", extension -> {
            Conversation other = extension.session().open();
            Conversation node = extension.session().open();
            node.sendBytes(new byte[] { (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff }, "4 bytes that are no message");
            Status end = node.awaitEnd();
            require(!end.isOk(), "it ended the session with OK");
            other.expectAnswer(other.sendSample());
        });
        catalogue.add("LM-5.2", "ends a session whose message is cut off, and only that one", extension -> {
            Conversation other = extension.session().open();
            Conversation node = extension.session().open();
            byte[] whole = node.next().setMediaSample(extension.sample(0)).build().toByteArray();
            node.sendBytes(Arrays.copyOf(whole, whole.length / 2), "the first half of a message");
            Status end = node.awaitEnd();
            require(!end.isOk(), "it ended the session with OK");
            other.expectAnswer(other.sendSample());
        });
        catalogue.add("LM-5.3", "serves a session while another breaks the rules", extension -> {
            Conversation other = extension.session().open();
            Conversation node = extension.session().open();
            node.send(extension.descriptor());
            node.awaitEnd();
            other.expectAnswer(other.sendSample());
        });
        catalogue.add("LM-5.4", "serves a session while another does not read its answers", extension -> {
            Conversation other = extension.session().open();
            Conversation node = extension.session().open();
            node.stopReading();
            node.sendSamples(100);
            other.expectAnswers(other.sendSamples(10));
        });
        catalogue.add("LM-5.5", "serves others while fifty nodes have connected and say nothing", extension -> {
            for (int i = 0; i < 50; i++) {
                extension.session();
            }
            extension.expectItStillServes();
        }, Need.HOSTILE);
        catalogue.add("LM-3.6", "ends no session of others for a descriptor of nonsense", extension -> {
            Conversation other = extension.session().open();
            Conversation node = extension.session();
            node.send(SharedMemoryFile.offer(nonsense(extension), "\u0000\uffff../..", -1));
            node.awaitAnything();
            other.expectAnswer(other.sendSample());
        });
    }

    private static void addTexts(Catalogue catalogue) {
        catalogue.add("LM-4.1", "names neither files, users nor classes in any refusal of this run", extension -> {
            Conversation node = extension.session();
            node.sendSample();
            node.awaitAnything();
            Optional<String> revealing = extension.observations().statusTexts().stream().filter(text -> INSIDE.matcher(text).find())
                    .findFirst();
            require(revealing.isEmpty(), "a refusal was: " + revealing.orElse(""));
        });
        catalogue.add("LM-4.2", Level.SHOULD, "says why, whenever it ends a session with an error", extension -> {
            Conversation node = extension.session().open();
            node.send(extension.descriptor());
            Status end = node.awaitEnd();
            require(end.isOk() || end.getDescription() != null && !end.getDescription().isBlank(), end.getCode() + " came without a text");
        });
    }

    private static void stand(Extension extension, MediaSample.Builder sample) {
        Conversation node = extension.session().open();
        node.settle(node.send(sample));
        extension.expectItStillServes();
    }

    /** Refused, or taken without looking at a sample that is much too short. */
    private static void standDescriptor(Extension extension, int width, int height, int stride) {
        MediaStreamDescriptor.Builder descriptor = extension.descriptor();
        descriptor.getMediaDescriptorBuilder().setVideoFrameSampleFormat(
                VideoFrameSampleFormat.newBuilder().setEncoding(Encoding.RAW).setPixelFormat(pixels(extension)).setStrideBytes(stride)
                        .setDimensions(Dimensions.newBuilder().setWidth(width).setHeight(height)));
        Conversation node = extension.session();
        node.send(descriptor);
        node.awaitAnything();
        if (!node.hasEnded()) {
            node.expectNotLookedAt(node.sendContent(new byte[100]), Status.Code.values());
        }
        extension.expectItStillServes();
    }

    private static PixelFormat pixels(Extension extension) {
        return extension.format().isRaw() ? extension.format().pixelFormat() : PixelFormat.BGR24;
    }

    private static MediaStreamDescriptor.Builder nonsense(Extension extension) {
        MediaStreamDescriptor.Builder descriptor = extension.descriptor();
        descriptor.getMediaDescriptorBuilder().setTimescale(-1).getVideoFrameSampleFormatBuilder().setEncodingValue(-1)
                .setPixelFormatValue(-1).setStrideBytes(-1);
        return descriptor;
    }

    private static void expectRefused(Extension extension, MediaStreamDescriptor.Builder descriptor) {
        Conversation node = extension.session();
        node.send(descriptor);
        node.expectEnd(Status.Code.INVALID_ARGUMENT, Status.Code.RESOURCE_EXHAUSTED);
    }

    /** A header, and no pixels. */
    private static byte[] hugePng() {
        byte[] header = ByteBuffer.allocate(17).put(new byte[] { 'I', 'H', 'D', 'R' }).putInt(30_000).putInt(30_000)
                .put(new byte[] { 8, 2, 0, 0, 0 }).array();
        CRC32 crc = new CRC32();
        crc.update(header);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        for (byte[] part : List.of(new byte[] { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' }, number(13), header,
                number((int) crc.getValue()))) {
            png.writeBytes(part);
        }
        return png.toByteArray();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
