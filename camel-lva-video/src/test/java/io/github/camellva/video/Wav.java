package io.github.camellva.video;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sound. */
final class Wav {

    private static final int SAMPLES = 8_000;

    private Wav() {
    }

    static byte[] silence() throws IOException {
        AudioFormat format = new AudioFormat(SAMPLES, 16, 1, true, false);
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(new byte[2 * SAMPLES]), format, SAMPLES), AudioFileFormat.Type.WAVE, wav);
        return wav.toByteArray();
    }
}
