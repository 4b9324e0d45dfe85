package io.github.camellva.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A network camera in a process of its own, by GStreamer. Tests are skipped where that is not installed. */
final class RtspCamera implements AutoCloseable {

    private static final String PYTHON = "/usr/bin/python3";
    private static final String IMPORTS = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";

    private static final String TLS = "import sys; from gi.repository import Gio; sys.exit(not Gio.TlsBackend.get_default().supports_tls())";

    private static final boolean INSTALLED = succeeds(IMPORTS);

    private final List<String> arguments;
    private Process process;
    private int port;

    private RtspCamera(List<String> arguments) {
        this.arguments = arguments;
    }

    static void assumeTls() {
        assumeTrue(INSTALLED && succeeds(TLS), "no RTSPS camera: glib-networking is not installed");
    }

    /** @param arguments codec, width, height, frames per second, and perhaps user and password, and certificate and key */
    static RtspCamera start(String... arguments) throws Exception {
        assumeTrue(INSTALLED, "no RTSP camera: python3-gi and gir1.2-gst-rtsp-server-1.0 are not installed");
        RtspCamera camera = new RtspCamera(Arrays.asList(arguments));
        camera.start();
        return camera;
    }

    String address() {
        return "rtsp://127.0.0.1:" + port + "/camera0";
    }

    int port() {
        return port;
    }

    /** It is gone without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Where it was before. */
    void startAgain() throws IOException {
        start();
    }

    /** It keeps its connections and sends nothing. */
    void stall() throws Exception {
        signal("STOP");
    }

    void goOn() throws Exception {
        signal("CONT");
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(PYTHON, "src/test/resources/rtsp-camera.py", Integer.toString(port)));
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        port = Integer.parseInt(output.readLine());
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private static boolean succeeds(String program) {
        try {
            Process check = new ProcessBuilder(PYTHON, "-c", program).redirectErrorStream(true).start();
            check.getOutputStream().close();
            return check.waitFor(30, TimeUnit.SECONDS) && check.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
