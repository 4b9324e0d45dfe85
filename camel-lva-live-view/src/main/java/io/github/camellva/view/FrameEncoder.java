package io.github.camellva.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camellva.grpc.AnsweredFrame;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.FramePreparation;
import io.github.camellva.grpc.media.PreparedFrame;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** Makes of a frame what viewers get: a JPG picture, and JSON that describes it. */
final class FrameEncoder {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NO_PICTURE = {};
    private static final int LONGEST_DOCUMENT = 1 << 20;

    private final int maxWidth;
    private final FramePreparation asIs;
    private final FramePreparation scaled;

    FrameEncoder(int maxWidth, int jpegQuality) {
        this.maxWidth = maxWidth;
        this.asIs = jpg(Optional.empty(), jpegQuality);
        this.scaled = jpg(Optional.of(new ScaleTarget(ScaleMode.PRESERVE_ASPECT_RATIO, maxWidth, 0)), jpegQuality);
    }

    /** What is wrong with a picture or its inferences is told in the description. */
    ShownFrame encode(String camera, long number, Snapshot snapshot) {
        String problem = null;
        byte[] picture = NO_PICTURE;
        try {
            picture = picture(snapshot);
        } catch (FrameException e) {
            problem = "the picture cannot be shown: " + e.getMessage();
        }
        String found = "";
        String upstream = "";
        try {
            found = document(snapshot.frame(), snapshot.frame().inferences());
            upstream = document(snapshot.frame(), snapshot.frame().upstream());
        } catch (RuntimeException e) {
            problem = "the inferences cannot be shown: " + e.getMessage();
        }
        return new ShownFrame(number, describe(camera, number, snapshot, found, upstream, problem), picture);
    }

    private byte[] picture(Snapshot snapshot) throws FrameException {
        SampleFormat format = snapshot.frame().format().orElse(null);
        if (snapshot.picture() == null || format == null) {
            return NO_PICTURE;
        }
        if (format.encoding() == Encoding.JPG) {
            return snapshot.picture();
        }
        ByteBuffer source = ByteBuffer.wrap(snapshot.picture());
        PreparedFrame prepared = (format.width() > maxWidth ? scaled : asIs).prepare(source, format);
        if (prepared.format().width() > maxWidth) {
            // its own header says so, not the descriptor
            prepared = scaled.prepare(source, format);
        }
        byte[] bytes = new byte[prepared.bytes().remaining()];
        prepared.bytes().duplicate().get(bytes);
        return bytes;
    }

    private static String document(AnsweredFrame frame, List<Inference> inferences) {
        String json = new InferenceDocument(frame.timestamp(), inferences).toJson();
        if (json.length() > LONGEST_DOCUMENT) {
            throw new IllegalArgumentException(
                    "their document has " + json.length() + " characters; " + LONGEST_DOCUMENT + " are shown at most");
        }
        return json;
    }

    private static byte[] describe(
            String camera, long number, Snapshot snapshot, String found, String upstream, String problem) {
        AnsweredFrame frame = snapshot.frame();
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + found.length() + upstream.length());
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("camera", camera);
            json.writeNumberField("number", number);
            json.writeNumberField("time", snapshot.timeMillis());
            json.writeNumberField("latency", frame.duration().toNanos() / 1e6);
            json.writeStringField("outcome", frame.outcome());
            json.writeStringField("format", frame.format().map(SampleFormat::toString).orElse(""));
            json.writeStringField("transfer", frame.dataTransfer());
            // as text, since JavaScript's numbers are not long enough
            json.writeStringField("sequenceNumber", Long.toUnsignedString(frame.sequenceNumber()));
            json.writeStringField("timestamp", Long.toUnsignedString(frame.timestamp()));
            json.writeNumberField("timescale", frame.timescale());
            writeRaw(json, "document", found);
            writeRaw(json, "upstream", upstream);
            if (problem != null) {
                json.writeStringField("problem", problem);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void writeRaw(JsonGenerator json, String field, String document) throws IOException {
        if (!document.isEmpty()) {
            json.writeFieldName(field);
            json.writeRawValue(document);
        }
    }

    private static FramePreparation jpg(Optional<ScaleTarget> scale, int quality) {
        return new FramePreparation(scale, Encoding.JPG, PixelFormat.NONE, 0, quality, Integer.MAX_VALUE);
    }
}
