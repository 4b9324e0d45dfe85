package io.github.camellva.examples.camera;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** As much of a network camera as one client needs: it plays an MPEG transport stream once, over RTSP's own connection. */
final class RtspCamera implements AutoCloseable {

    private static final int PAYLOAD_TYPE = 33;
    private static final int BYTES_IN_PACKET = 7 * 188;

    private final byte[] stream;
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    private RtspCamera(byte[] stream) throws IOException {
        this.stream = stream;
    }

    static RtspCamera start(byte[] stream) throws IOException {
        RtspCamera camera = new RtspCamera(stream);
        Thread thread = new Thread(camera::serve, "RTSP camera");
        thread.setDaemon(true);
        thread.start();
        return camera;
    }

    String url() {
        return "rtsp://admin:secret@127.0.0.1:" + listener.getLocalPort() + "/stream/1";
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        try (Socket client = listener.accept();
             BufferedReader requests = new BufferedReader(
                     new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
             DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            for (String request = requests.readLine(); request != null; request = requests.readLine()) {
                out.write(reply(request.split(" ")[0], sequence(requests)).getBytes(StandardCharsets.UTF_8));
                if (request.startsWith("PLAY ")) {
                    play(out);
                    return;
                }
            }
        } catch (IOException e) {
            // the client has left
        }
    }

    /** Reads a request to its end. */
    private static String sequence(BufferedReader requests) throws IOException {
        String sequence = "";
        for (String line = requests.readLine(); !line.isEmpty(); line = requests.readLine()) {
            sequence = line.startsWith("CSeq:") ? line : sequence;
        }
        return sequence;
    }

    private static String reply(String method, String sequence) {
        String start = "RTSP/1.0 200 OK\r\n" + sequence + "\r\nSession: 1\r\n";
        return switch (method) {
            case "OPTIONS" -> start + "Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n";
            case "DESCRIBE" -> {
                String description = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP " + PAYLOAD_TYPE
                                     + "\r\na=control:track1\r\n";
                yield start + "Content-Type: application/sdp\r\nContent-Length: " + description.length()
                      + "\r\n\r\n" + description;
            }
            case "SETUP" -> start + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n";
            default -> start + "\r\n";
        };
    }

    private void play(DataOutputStream out) throws IOException {
        int number = 0;
        for (int from = 0; from < stream.length; from += BYTES_IN_PACKET) {
            int length = Math.min(BYTES_IN_PACKET, stream.length - from);
            out.write('$');
            out.write(0);
            out.writeShort(12 + length);
            // RTP: version 2, payload type, sequence number, time, source
            out.write(0x80);
            out.write(PAYLOAD_TYPE);
            out.writeShort(number++);
            out.writeInt(number * 90);
            out.writeInt(1);
            out.write(stream, from, length);
        }
        out.flush();
    }
}
