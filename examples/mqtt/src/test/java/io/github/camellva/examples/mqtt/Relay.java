package io.github.camellva.examples.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a publisher and its broker, and cuts their connections, or keeps the broker's replies from the publisher. */
final class Relay implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int brokerPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;
    private volatile boolean muted;

    private Relay(int brokerPort) throws IOException {
        this.brokerPort = brokerPort;
    }

    static Relay start(int brokerPort) throws IOException {
        Relay relay = new Relay(brokerPort);
        startThread(relay::accept);
        return relay;
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** Breaks what is connected, and lets nobody connect. */
    void cut() {
        open = false;
        sockets.forEach(Relay::close);
    }

    /** What the broker says to those who are connected gets lost, until they are cut. */
    void mute() {
        muted = true;
    }

    void open() {
        muted = false;
        open = true;
    }

    private void accept() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket publisher) {
        sockets.add(publisher);
        try {
            if (!open) {
                throw new IOException("closed");
            }
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
            sockets.add(broker);
            startThread(() -> pump(publisher, broker, false));
            startThread(() -> pump(broker, publisher, true));
        } catch (IOException e) {
            close(publisher);
        }
    }

    private void pump(Socket from, Socket to, boolean replies) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int length = in.read(buffer); length >= 0 && open; length = in.read(buffer)) {
                if (!replies || !muted) {
                    out.write(buffer, 0, length);
                }
            }
        } catch (IOException e) {
            // cut
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "Relay");
        thread.setDaemon(true);
        thread.start();
    }
}
