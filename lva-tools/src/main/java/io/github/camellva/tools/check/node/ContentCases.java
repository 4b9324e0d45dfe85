package io.github.camellva.tools.check.node;

import java.util.HexFormat;
import java.util.List;

import com.google.protobuf.ByteString;
import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.MediaSample.ContentCase;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.github.camellva.tools.check.Level;
import io.github.camellva.tools.check.NotApplicable;
import io.github.camellva.tools.check.RuleBroken;

import static io.github.camellva.tools.check.node.Node.require;

/** What samples carry, and what their descriptor says of it. */
final class ContentCases {

    private static final int LARGEST_FRAME = 1 << 30;
    /** 2000 to 2100. */
    private static final long FIRST_SECOND = 946_684_800;
    private static final long LAST_SECOND = 4_102_444_800L;

    private ContentCases() {
    }

    static void addTo(Catalogue catalogue) {
        addContent(catalogue);
        addFormats(catalogue);
        addTime(catalogue);
    }

    private static void addContent(Catalogue catalogue) {
        catalogue.add("EM-1.1", "sends content only when its descriptor announces a format", node -> {
            Session session = node.session().open();
            boolean announced = session.expectDescriptor().getMediaDescriptor().hasVideoFrameSampleFormat();
            for (Sample sample : session.expectAnsweredSamples(5)) {
                require(announced || sample.media().getContentCase() == ContentCase.CONTENT_NOT_SET,
                        "sample " + sample.number() + " has content, and no format was announced");
            }
        });
        catalogue.add("EM-2.1", "encodes embedded content as its descriptor says", node -> {
            Session session = node.session().open();
            Encoding encoding = format(session).getEncoding();
            for (Sample sample : embedded(session)) {
                ByteString bytes = sample.media().getContentBytes().getBytes();
                require(startsAs(encoding, bytes), "sample " + sample.number() + " is no " + encoding + ": it begins with "
                                                   + hex(bytes));
            }
        });
        catalogue.add("EM-3.1", "sends RAW frames of at least stride x rows bytes", node -> {
            Session session = node.session().open();
            VideoFrameSampleFormat format = requireRaw(session);
            int due = of(format).frameBytes();
            for (Sample sample : session.expectAnsweredSamples(5)) {
                long bytes = sample.media().hasContentReference()
                        ? sample.media().getContentReference().getLengthBytes()
                        : sample.media().getContentBytes().getBytes().size();
                require(bytes >= due || sample.media().getContentCase() == ContentCase.CONTENT_NOT_SET,
                        "sample " + sample.number() + " has " + bytes + " bytes, and a frame has " + due);
            }
        });
    }

    private static void addFormats(Catalogue catalogue) {
        catalogue.add("FM-1.1", "gives RAW a pixel format, and others none", node -> {
            VideoFrameSampleFormat format = format(node.session());
            boolean raw = format.getEncoding() == Encoding.RAW;
            require(raw != (format.getPixelFormat() == PixelFormat.NONE),
                    format.getEncoding() + " has the pixel format " + format.getPixelFormat());
        });
        catalogue.add("FM-1.2", "announces an encoding and a pixel format of the contract", node -> {
            VideoFrameSampleFormat format = format(node.session());
            require(format.getEncoding() != Encoding.UNRECOGNIZED && format.getPixelFormat() != PixelFormat.UNRECOGNIZED,
                    "encoding " + format.getEncodingValue() + ", pixel format " + format.getPixelFormatValue());
        });
        catalogue.add("FM-2.1", "gives RAW dimensions", node -> {
            VideoFrameSampleFormat format = requireRaw(node.session());
            require(format.getDimensions().getWidth() != 0 && format.getDimensions().getHeight() != 0,
                    "the dimensions are " + format.getDimensions().getWidth() + " x " + format.getDimensions().getHeight());
        });
        catalogue.add("FM-2.2", Level.SHOULD, "gives encoded pictures dimensions", node -> {
            VideoFrameSampleFormat format = format(node.session());
            require(format.getDimensions().getWidth() != 0 && format.getDimensions().getHeight() != 0,
                    "the dimensions are " + format.getDimensions().getWidth() + " x " + format.getDimensions().getHeight());
        });
        catalogue.add("FM-4.1", "announces a stride of at least a row, or 0", node -> of(requireRaw(node.session())));
    }

    private static void addTime(Catalogue catalogue) {
        catalogue.add("TS-1.1", "says how many ticks a second has", node -> {
            int timescale = node.session().expectDescriptor().getMediaDescriptor().getTimescale();
            require(timescale != 0, "the timescale is 0");
        });
        catalogue.add("TS-2.1", "counts 90,000 ticks a second", node -> {
            int timescale = node.session().expectDescriptor().getMediaDescriptor().getTimescale();
            require(timescale == 90_000, "the timescale is " + Integer.toUnsignedString(timescale));
        });
        catalogue.add("TS-2.2", "gives samples timestamps of this century, counted from 1970", node -> {
            Session session = node.session().open();
            long ticks = Integer.toUnsignedLong(session.expectDescriptor().getMediaDescriptor().getTimescale());
            for (Sample sample : session.expectAnsweredSamples(3)) {
                long seconds = ticks == 0 ? 0 : Long.divideUnsigned(sample.media().getTimestamp(), ticks);
                require(seconds >= FIRST_SECOND && seconds < LAST_SECOND,
                        "sample " + sample.number() + " has the timestamp " + Long.toUnsignedString(sample.media().getTimestamp())
                                + ", which is " + seconds + " s after 1970");
            }
        });
        catalogue.add("TS-2.3", "gives samples timestamps that grow", node -> {
            Session session = node.session().open();
            List<Sample> samples = session.expectAnsweredSamples(5);
            for (int i = 1; i < samples.size(); i++) {
                long before = samples.get(i - 1).media().getTimestamp();
                long after = samples.get(i).media().getTimestamp();
                require(Long.compareUnsigned(after, before) > 0, "timestamp " + after + " came after " + before);
            }
        });
    }

    private static List<Sample> embedded(Session session) {
        List<Sample> samples = session.expectAnsweredSamples(3).stream().filter(sample -> sample.media().hasContentBytes()).toList();
        if (samples.isEmpty()) {
            throw new NotApplicable("the node embeds nothing");
        }
        return samples;
    }

    private static VideoFrameSampleFormat format(Session session) {
        MediaStreamDescriptor descriptor = session.expectDescriptor();
        if (!descriptor.getMediaDescriptor().hasVideoFrameSampleFormat()) {
            throw new NotApplicable("the node announces samples without content");
        }
        return descriptor.getMediaDescriptor().getVideoFrameSampleFormat();
    }

    private static VideoFrameSampleFormat requireRaw(Session session) {
        VideoFrameSampleFormat format = format(session);
        if (format.getEncoding() != Encoding.RAW) {
            throw new NotApplicable("the node sends " + format.getEncoding());
        }
        return format;
    }

    private static SampleFormat of(VideoFrameSampleFormat format) {
        try {
            return SampleFormat.of(format, LARGEST_FRAME);
        } catch (FormatException e) {
            throw new RuleBroken(e.getMessage());
        }
    }

    private static boolean startsAs(Encoding encoding, ByteString bytes) {
        return switch (encoding) {
            case JPG -> bytes.startsWith(ByteString.fromHex("ffd8ff"));
            case PNG -> bytes.startsWith(ByteString.fromHex("89504e47"));
            case BMP -> bytes.startsWith(ByteString.copyFromUtf8("BM"));
            default -> !bytes.isEmpty();
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.substring(0, Math.min(4, bytes.size())).toByteArray());
    }
}
