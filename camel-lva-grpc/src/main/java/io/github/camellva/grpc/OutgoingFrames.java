package io.github.camellva.grpc;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.FramePreparation;
import io.github.camellva.grpc.media.PictureCodec;
import io.github.camellva.grpc.media.PreparedFrame;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.apache.camel.Message;
import org.apache.camel.support.LRUCacheFactory;
import org.apache.camel.support.MessageHelper;

/** Turns messages of a route into samples; headers of a message fill in what the options leave open. */
final class OutgoingFrames {

    private static final int DEFAULT_TIMESCALE = 90_000;

    /** More than the cameras with different formats that one producer serves; a dropped descriptor is built again. */
    private static final int MAX_DESCRIPTORS = 1000;

    private final LvaGrpcConfiguration configuration;
    private final ProducerOptions options;
    private final Consumer<String> warnings;
    private final Map<Terms, MediaStreamDescriptor> descriptors = LRUCacheFactory.newLRUCache(MAX_DESCRIPTORS);

    /** What a session is opened with. Frames with the same terms share one descriptor. */
    private record Terms(
            String graphInstanceName, String graphNodeName, String mediaServicesArmId, String extensionConfiguration, int timescale,
            Optional<SampleFormat> format) {

        MediaStreamDescriptor toDescriptor() {
            MediaDescriptor.Builder media = MediaDescriptor.newBuilder().setTimescale(timescale);
            format.ifPresent(known -> media.setVideoFrameSampleFormat(known.toMessage()));
            return MediaStreamDescriptor.newBuilder()
                    .setGraphIdentifier(GraphIdentifier.newBuilder()
                            .setGraphInstanceName(graphInstanceName)
                            .setGraphNodeName(graphNodeName)
                            .setMediaServicesArmId(mediaServicesArmId))
                    .setExtensionConfiguration(extensionConfiguration)
                    .setMediaDescriptor(media)
                    .build();
        }
    }

    /** @param warnings is told of pictures that are sent although something is wrong with them */
    OutgoingFrames(LvaGrpcConfiguration configuration, ProducerOptions options, Consumer<String> warnings) {
        this.configuration = configuration;
        this.options = options;
        this.warnings = warnings;
    }

    /** @throws FrameException if the body cannot be sent as a picture; the message says what is accepted */
    OutgoingFrame of(Message message) throws FrameException {
        Optional<PreparedFrame> picture = message.getBody() == null ? Optional.empty() : Optional.of(prepare(message));
        Terms terms = new Terms(
                graphInstanceName(message), text(configuration.getGraphNodeName(), message, LvaGrpcConstants.GRAPH_NODE_NAME),
                text(configuration.getMediaServicesArmId(), message, LvaGrpcConstants.MEDIA_SERVICES_ARM_ID),
                text(configuration.getExtensionConfiguration(), message, LvaGrpcConstants.EXTENSION_CONFIGURATION),
                timescale(message), picture.map(PreparedFrame::format));
        return new OutgoingFrame(descriptor(terms), timestamp(message), picture, upstream(message));
    }

    private MediaStreamDescriptor descriptor(Terms terms) {
        // Camel's cache takes a lock for the other method, also for what it knows
        MediaStreamDescriptor known = descriptors.get(terms);
        return known != null ? known : descriptors.computeIfAbsent(terms, Terms::toDescriptor);
    }

    String graphInstanceName(Message message) {
        return text(configuration.getGraphInstanceName(), message, LvaGrpcConstants.GRAPH_INSTANCE_NAME);
    }

    int timescale(Message message) {
        return options.timescale().orElseGet(
                () -> message.getHeader(LvaGrpcConstants.TIMESCALE, DEFAULT_TIMESCALE, Integer.class));
    }

    /** Ticks since 1970; now, if no header says otherwise. */
    long timestamp(Message message) {
        Long ticks = message.getHeader(LvaGrpcConstants.TIMESTAMP, Long.class);
        if (ticks != null) {
            return ticks;
        }
        Instant now = Instant.now();
        long timescale = timescale(message);
        return now.getEpochSecond() * timescale + now.getNano() * timescale / 1_000_000_000;
    }

    private PreparedFrame prepare(Message message) throws FrameException {
        FramePreparation preparation = preparation(message);
        Object body = message.getBody();
        if (body instanceof BufferedImage image) {
            return preparation.prepare(image);
        }
        ByteBuffer bytes = bytes(message, body);
        Optional<SampleFormat> pixels = barePixels(message);
        // without a header, a body counts as pixels when it has exactly as many bytes as they would
        if (pixels.isPresent()
                && (message.getHeader(LvaGrpcConstants.ENCODING) != null || pixels.get().frameBytes() == bytes.remaining())) {
            return preparation.prepare(bytes, pixels.get());
        }
        PreparedFrame picture = prepareEncoded(preparation, bytes, pixels);
        requireEnd(message, bytes);
        return picture;
    }

    private static PreparedFrame prepareEncoded(FramePreparation preparation, ByteBuffer bytes, Optional<SampleFormat> pixels)
            throws FrameException {
        try {
            return preparation.prepare(bytes);
        } catch (FrameException e) {
            throw new FrameException(e.getMessage() + "; " + pixels
                    .map(format -> "bare pixels, " + format + ", would have " + format.frameBytes() + " bytes")
                    .orElse("to send bare pixels say their width and height, by options or headers"), e);
        }
    }

    private void requireEnd(Message message, ByteBuffer picture) throws FrameException {
        if (!PictureCodec.isTruncatedJpg(picture)) {
            return;
        }
        String problem = "the JPG picture of " + picture.remaining() + " bytes for graph '" + graphInstanceName(message)
                         + "' is truncated: its end is missing";
        if (options.onTruncated() == ProducerOptions.OnTruncated.FAIL) {
            throw new FrameException(problem + "; onTruncated=send sends such pictures as they are");
        }
        warnings.accept(problem + "; it is sent as it is, onTruncated=fail refuses it");
    }

    private FramePreparation preparation(Message message) {
        return new FramePreparation(
                options.scale(), encoding(message), pixelFormat(message), configuration.getStrideBytes(),
                configuration.getJpegQuality(), configuration.getMaxMessageSize());
    }

    private static ByteBuffer bytes(Message message, Object body) throws FrameException {
        if (body instanceof ByteBuffer buffer) {
            return buffer;
        }
        MessageHelper.resetStreamCache(message);
        byte[] bytes = body instanceof String ? null : message.getBody(byte[].class);
        if (bytes == null) {
            throw new FrameException("the body is a " + body.getClass().getName() + "; accepted are " + ByteBuffer.class.getName()
                                     + ", byte[], " + InputStream.class.getName() + ", what Camel converts to those, and "
                                     + BufferedImage.class.getName());
        }
        return ByteBuffer.wrap(bytes);
    }

    /** The format of the body if it is bare pixels; empty for an encoded picture, and for pixels of unknown size. */
    private Optional<SampleFormat> barePixels(Message message) throws FrameException {
        String encoding = message.getHeader(LvaGrpcConstants.ENCODING, Encoding.RAW.name(), String.class);
        int width = message.getHeader(LvaGrpcConstants.WIDTH, configuration.getWidth(), Integer.class);
        int height = message.getHeader(LvaGrpcConstants.HEIGHT, configuration.getHeight(), Integer.class);
        if (!encoding.equals(Encoding.RAW.name()) || width == 0 || height == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(pixels(message, width, height));
        } catch (FormatException e) {
            if (message.getHeader(LvaGrpcConstants.ENCODING) != null) {
                throw new FrameException("the body cannot be a RAW frame: " + e.getMessage(), e);
            }
            // the size is meant for encoded pictures, which may be larger than raw ones
            return Optional.empty();
        }
    }

    private SampleFormat pixels(Message message, int width, int height) throws FormatException {
        PixelFormat pixelFormat = headerPixelFormat(message).or(options::pixelFormat).orElse(PixelFormat.RGB24);
        int stride = message.getHeader(LvaGrpcConstants.STRIDE_BYTES, configuration.getStrideBytes(), Integer.class);
        return SampleFormat.raw(pixelFormat, width, height, stride, configuration.getMaxMessageSize());
    }

    private Encoding encoding(Message message) {
        String header = message.getHeader(LvaGrpcConstants.ENCODING, String.class);
        return options.encoding().orElseGet(
                () -> header == null ? Encoding.RAW : Options.encoding("header " + LvaGrpcConstants.ENCODING, header));
    }

    private PixelFormat pixelFormat(Message message) {
        return options.pixelFormat().or(() -> headerPixelFormat(message)).orElse(PixelFormat.RGB24);
    }

    /** Empty also for NONE, which encoded pictures have. */
    private static Optional<PixelFormat> headerPixelFormat(Message message) {
        return Optional.ofNullable(message.getHeader(LvaGrpcConstants.PIXEL_FORMAT, String.class))
                .filter(name -> !name.equals(PixelFormat.NONE.name()))
                .map(name -> Options.pixelFormat("header " + LvaGrpcConstants.PIXEL_FORMAT, name));
    }

    @SuppressWarnings("unchecked")
    private static List<Inference> upstream(Message message) {
        List<Inference> upstream = message.getHeader(LvaGrpcConstants.INFERENCES, List.class);
        return upstream == null ? List.of() : upstream;
    }

    private static String text(String option, Message message, String header) {
        return option != null ? option : message.getHeader(header, "", String.class);
    }
}
