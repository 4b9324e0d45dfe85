package io.github.camellva.examples.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model that was not trained but written: it finds what is bright, in an input of 416 x 416. */
final class BrightBlobs {

    static final String RESOURCE = "models/bright-blobs.onnx";

    private BrightBlobs() {
    }

    static byte[] bytes() {
        try (InputStream model = BrightBlobs.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            return model.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path copyTo(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
