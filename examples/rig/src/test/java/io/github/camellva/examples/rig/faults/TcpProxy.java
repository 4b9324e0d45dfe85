package io.github.camellva.examples.rig.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Stands between the two ends of TCP connections, on the loopback address, and does to them what networks do. */
final class TcpProxy implements AutoCloseable {

    private static final int CHUNK = 16 << 10;
    private static final long SECOND = 1_000_000_000;
    private static final long DELAY_NANOS = SECOND / 5;
    private static final long SLOW_BYTES_PER_SECOND = 500_000;
    private static final long LOOK_NANOS = SECOND / 100;

    private final int target;
    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Network network = Network.FINE;

    enum Network {
        FINE,
        /** Connections end, and others are not accepted. */
        CUT,
        /** Bytes are late. */
        DELAYED,
        /** Bytes are few. */
        THROTTLED,
        /** Connections stay, and nothing comes through them. */
        SILENT
    }

    /** @param target a port of the loopback address */
    TcpProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void become(Network wanted) throws IOException {
        network = wanted;
        if (wanted == Network.CUT) {
            closeSockets();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeSockets();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // closed, or nobody is behind it
            }
        }
    }

    private void connect(Socket near) throws IOException {
        sockets.add(near);
        if (network == Network.CUT) {
            close(near);
            return;
        }
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            start(() -> pass(near, far));
            start(() -> pass(far, near));
        } catch (IOException e) {
            close(near);
            throw e;
        }
    }

    private void pass(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                hold(length, from);
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            // one of both has ended, and so does the other
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** Before bytes are passed on. */
    private void hold(int bytes, Socket from) {
        while (network == Network.SILENT && !from.isClosed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (network == Network.DELAYED) {
            LockSupport.parkNanos(DELAY_NANOS);
        } else if (network == Network.THROTTLED) {
            LockSupport.parkNanos(bytes * SECOND / SLOW_BYTES_PER_SECOND);
        }
    }

    private void closeSockets() throws IOException {
        for (Socket socket : sockets) {
            close(socket);
        }
    }

    private void close(Socket socket) throws IOException {
        sockets.remove(socket);
        socket.close();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "Proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
