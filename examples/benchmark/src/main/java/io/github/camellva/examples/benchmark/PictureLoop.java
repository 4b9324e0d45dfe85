package io.github.camellva.examples.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camellva.grpc.media.FramePreparation;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** Does a task with as many frames as each line says. Its arguments are the task and a file of BGR24 frames. */
final class PictureLoop {

    private final FramePreparation preparation;
    private final SampleFormat format;
    private final byte[] pictures;

    private PictureLoop(PictureTask task, Path pictures) throws Exception {
        this.preparation = task.preparation();
        this.format = SampleFormat.raw(PixelFormat.BGR24, task.width(), task.height(), 0, Integer.MAX_VALUE);
        this.pictures = Files.readAllBytes(pictures);
    }

    public static void main(String[] args) throws Exception {
        PictureLoop loop = new PictureLoop(PictureTask.valueOf(args[0]), Path.of(args[1]));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(loop.convert(Integer.parseInt(line)));
        }
    }

    /** @return bytes that would have been sent */
    private long convert(int frames) throws Exception {
        long bytes = 0;
        for (int i = 0; i < frames; i++) {
            int at = i * format.frameBytes() % pictures.length;
            bytes += preparation.prepare(ByteBuffer.wrap(pictures, at, format.frameBytes()), format).bytes().remaining();
        }
        if (bytes == 0) {
            throw new IOException("no bytes came out");
        }
        return bytes;
    }
}
