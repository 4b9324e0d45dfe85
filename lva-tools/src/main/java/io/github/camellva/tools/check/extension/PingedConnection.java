package io.github.camellva.tools.check.extension;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.camellva.tools.check.RuleBroken;

/** HTTP/2 by hand, as far as a ping needs it: RFC 9113. */
final class PingedConnection {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int ACK = 1;
    private static final byte[] OPAQUE = "lvacheck".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_FRAME = 16_384;

    private PingedConnection() {
    }

    static void expectAnswer(Extension extension) {
        int millis = (int) extension.bounded(extension.patience()).toMillis();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(extension.target().peer().host(), extension.target().peer().port()), millis);
            socket.setSoTimeout(millis);
            OutputStream output = socket.getOutputStream();
            output.write(PREFACE);
            output.write(frame(SETTINGS, 0, new byte[0]));
            output.write(frame(PING, 0, OPAQUE));
            output.flush();
            extension.transcript().sent("PING");
            awaitAnswer(new DataInputStream(socket.getInputStream()));
            extension.transcript().seen("PING, acknowledged");
        } catch (SocketTimeoutException e) {
            throw new RuleBroken("the ping was not answered within " + millis + " ms");
        } catch (IOException e) {
            throw new RuleBroken("the connection broke: " + e.getMessage());
        }
    }

    private static void awaitAnswer(DataInputStream input) throws IOException {
        while (true) {
            int length = input.readUnsignedByte() << 16 | input.readUnsignedShort();
            int type = input.readUnsignedByte();
            int flags = input.readUnsignedByte();
            input.readInt();
            if (length > LONGEST_FRAME) {
                throw new RuleBroken("an HTTP/2 frame of " + length + " bytes came, which nobody allowed");
            }
            byte[] payload = input.readNBytes(length);
            if (type == PING && flags == ACK && Arrays.equals(payload, OPAQUE)) {
                return;
            }
        }
    }

    private static byte[] frame(int type, int flags, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length).put((byte) 0).putShort((short) payload.length).put((byte) type)
                .put((byte) flags).putInt(0).put(payload).array();
    }
}
