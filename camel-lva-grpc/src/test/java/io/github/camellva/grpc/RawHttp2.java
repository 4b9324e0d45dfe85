package io.github.camellva.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camellva.proto.MediaGraphExtensionGrpc;

/** A peer that speaks HTTP/2 by hand, for what no client of gRPC would do: half messages, windows of 0, floods. */
public final class RawHttp2 implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;

    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME = 16 * 1024;
    private static final int CANCEL = 8;
    private static final int SEVEN_BITS = 0x7f;

    /** What came; header blocks are left compressed. */
    public record Frame(int type, int flags, int stream, byte[] payload) {

        public boolean contains(String text) {
            return new String(payload, StandardCharsets.ISO_8859_1).contains(text);
        }
    }

    private final Socket socket = new Socket();
    private final DataOutputStream out;
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private volatile boolean ended;
    private volatile boolean silent;
    private int lastStream = -1;

    private RawHttp2(String localAddress, int port, int window) throws IOException {
        socket.bind(new InetSocketAddress(localAddress, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        write(SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window).array());
        Thread reader = new Thread(this::read, "raw-http2");
        reader.setDaemon(true);
        reader.start();
    }

    public static RawHttp2 connect(int port) throws IOException {
        return new RawHttp2("127.0.0.1", port, 65_535);
    }

    /** From another address of this machine. */
    public static RawHttp2 connectFrom(String localAddress, int port) throws IOException {
        return new RawHttp2(localAddress, port, 65_535);
    }

    /** It takes no byte of any answer. */
    public static RawHttp2 withoutWindow(int port) throws IOException {
        return new RawHttp2("127.0.0.1", port, 0);
    }

    /** Answers nothing any more, as a machine without power. */
    public RawHttp2 fallSilent() {
        silent = true;
        return this;
    }

    /** Opens a stream. */
    public int call(String path) throws IOException {
        return call(path, "");
    }

    /**
     * Opens a stream.
     *
     * @param note a header that may be as long as one likes
     */
    public int call(String path, String note) throws IOException {
        lastStream += 2;
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        // literals without index and without Huffman, by names of the static table
        literal(block, new byte[] { 4 }, path);
        literal(block, new byte[] { 1 }, "localhost");
        literal(block, new byte[] { 0x0f, 31 - 15 }, "application/grpc");
        literal(block, new byte[] { 0, 2, 't', 'e' }, "trailers");
        literal(block, new byte[] { 0, 4, 'n', 'o', 't', 'e' }, note);
        write(HEADERS, END_HEADERS, lastStream, block.toByteArray());
        return lastStream;
    }

    /** Opens a stream for a session. */
    public int session() throws IOException {
        return call("/" + MediaGraphExtensionGrpc.getProcessMediaStreamMethod().getFullMethodName());
    }

    /** A message, or the beginning of one. */
    public void send(int stream, int announcedLength, byte[] bytes) throws IOException {
        byte[] all = ByteBuffer.allocate(5 + bytes.length).put((byte) 0).putInt(announcedLength).put(bytes).array();
        for (int at = 0; at < all.length; at += MAX_FRAME) {
            write(DATA, 0, stream, Arrays.copyOfRange(all, at, Math.min(all.length, at + MAX_FRAME)));
        }
    }

    public void halfClose(int stream) throws IOException {
        write(DATA, END_STREAM, stream, new byte[0]);
    }

    public void reset(int stream) throws IOException {
        write(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    public void ping() throws IOException {
        write(PING, 0, 0, new byte[8]);
    }

    public List<Frame> received(int type) {
        return frames.stream().filter(frame -> frame.type() == type).toList();
    }

    public boolean isReset(int stream) {
        return received(RST_STREAM).stream().anyMatch(frame -> frame.stream() == stream);
    }

    /** Whether the server has taken the connection. */
    public boolean isTaken() {
        return received(SETTINGS).stream().anyMatch(frame -> (frame.flags() & ACK) != 0);
    }

    /** Whether the server has ended the stream in words. */
    public boolean isEnded(int stream) {
        return received(HEADERS).stream().anyMatch(frame -> frame.stream() == stream && (frame.flags() & END_STREAM) != 0);
    }

    /** Whether the server has ended the stream, in words or without. */
    public boolean isOver(int stream) {
        return isEnded(stream) || isReset(stream);
    }

    /** Whether the server has closed the connection. */
    public boolean isClosed() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int lengthAndType = in.readInt();
                int flags = in.readUnsignedByte();
                int stream = in.readInt() & Integer.MAX_VALUE;
                Frame frame = new Frame(lengthAndType & 0xff, flags, stream, in.readNBytes(lengthAndType >>> 8));
                frames.add(frame);
                if (!silent && (frame.type() == SETTINGS || frame.type() == PING) && (flags & ACK) == 0) {
                    write(frame.type(), ACK, 0, frame.type() == PING ? frame.payload() : new byte[0]);
                }
            }
        } catch (IOException e) {
            ended = true;
        }
    }

    private synchronized void write(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeInt(payload.length << 8 | type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    /** As HPACK writes numbers. */
    private static void length(ByteArrayOutputStream block, int length) {
        block.write(Math.min(length, SEVEN_BITS));
        if (length >= SEVEN_BITS) {
            int rest = length - SEVEN_BITS;
            for (; rest > SEVEN_BITS; rest >>>= 7) {
                block.write(rest & SEVEN_BITS | 0x80);
            }
            block.write(rest);
        }
    }

    private static void literal(ByteArrayOutputStream block, byte[] name, String value) {
        block.writeBytes(name);
        length(block, value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }
}
