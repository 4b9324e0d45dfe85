package io.github.camellva.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** The list of cameras as JSON. */
final class CameraList {

    private static final JsonFactory JSON = new JsonFactory();

    private CameraList() {
    }

    /** @param left how many cameras there are beyond the limit */
    static ByteBuffer of(String title, List<Camera> cameras, int left) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(100 + 400 * cameras.size());
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("title", title);
            json.writeNumberField("time", System.currentTimeMillis());
            json.writeNumberField("left", left);
            json.writeArrayFieldStart("cameras");
            for (Camera camera : cameras) {
                write(json, camera, camera.status());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    private static void write(JsonGenerator json, Camera camera, CameraStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", camera.id());
        json.writeStringField("name", camera.key().name());
        json.writeStringField("node", camera.key().node());
        json.writeStringField("direction", camera.key().direction().name().toLowerCase(Locale.ROOT));
        json.writeStringField("address", camera.key().address());
        json.writeNumberField("sessions", status.sessions());
        json.writeNumberField("frames", status.frames());
        json.writeNumberField("answered", status.answered());
        json.writeNumberField("skipped", status.skipped());
        json.writeStringField("skippedName", status.skippedName());
        json.writeNumberField("failed", status.failed());
        if (status.framesPerSecond() >= 0) {
            json.writeNumberField("framesPerSecond", status.framesPerSecond());
        }
        json.writeNumberField("latency", status.latencyMillis());
        json.writeStringField("format", status.format());
        json.writeStringField("transfer", status.transfer());
        json.writeNumberField("silence", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - status.changedNanos()));
        json.writeEndObject();
    }
}
