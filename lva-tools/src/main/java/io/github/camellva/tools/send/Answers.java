package io.github.camellva.tools.send;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.frames.FramePicture;
import io.github.camellva.tools.json.Json;
import org.jspecify.annotations.Nullable;

/** What comes of each frame: a line of JSON, and a picture if asked for. Safe for use by many threads. */
final class Answers {

    private final PrintWriter out;
    private final @Nullable Path pictures;
    private long answered;
    private long notProcessed;
    private long failed;
    private @Nullable String problem;

    /**
     * @param out      for the lines
     * @param pictures directory for annotated frames; null for none
     */
    Answers(PrintWriter out, @Nullable Path pictures) {
        this.out = out;
        this.pictures = pictures;
    }

    synchronized void add(long number, MediaStreamDescriptor descriptor, ByteBuffer frame, MediaStreamMessage answer) {
        if (!answer.hasMediaSample()) {
            notProcessed++;
            line(number, "notProcessed", "");
            return;
        }
        answered++;
        MediaSample sample = answer.getMediaSample();
        String document = new InferenceDocument(sample.getTimestamp(), sample.getInferencesList()).toJson();
        line(number, "answered", "," + document.substring(1, document.length() - 1));
        if (pictures != null) {
            draw(pictures.resolve(String.format(Locale.ROOT, "frame-%06d.jpg", number)), descriptor, frame, sample);
        }
    }

    synchronized void fail(long number, String reason) {
        failed++;
        problem = reason;
        line(number, "failed", ",\"reason\":" + Json.line(reason));
    }

    /** All frames were looked at. */
    synchronized boolean isComplete() {
        return failed == 0 && notProcessed == 0 && answered > 0;
    }

    /** How many of how many were answered, and what became of the others. */
    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("answered " + answered + " of " + (answered + notProcessed + failed) + " frames");
        if (notProcessed > 0) {
            text.append(", ").append(notProcessed).append(" not processed");
        }
        if (failed > 0) {
            text.append(", ").append(failed).append(" failed");
        }
        return problem == null ? text.toString() : text.append("; last problem: ").append(problem).toString();
    }

    private void line(long number, String outcome, String rest) {
        out.println("{\"frame\":" + number + ",\"outcome\":\"" + outcome + "\"" + rest + "}");
        out.flush();
    }

    private void draw(Path file, MediaStreamDescriptor descriptor, ByteBuffer frame, MediaSample sample) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer picture = new FramePicture(descriptor, frame).annotated(sample.getInferencesList());
            while (picture.hasRemaining()) {
                channel.write(picture);
            }
        } catch (IOException | FrameException e) {
            problem = file + " cannot be drawn: " + e.getMessage();
        }
    }
}
