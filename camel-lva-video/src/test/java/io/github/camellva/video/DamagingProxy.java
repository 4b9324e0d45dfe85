package io.github.camellva.video;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes a camera's stream on, with wrong bits in it. The first bytes, in which the session is made, stay whole. */
final class DamagingProxy implements AutoCloseable {

    private static final int WHOLE_BYTES = 20_000;
    private static final int BYTES_FOR_EACH_WRONG_BIT = 2_000;

    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final int camera;
    private final Random random = new Random(7);
    private final AtomicInteger damaged = new AtomicInteger();

    private DamagingProxy(int camera) throws IOException {
        this.camera = camera;
    }

    static DamagingProxy start(int camera) throws IOException {
        DamagingProxy proxy = new DamagingProxy(camera);
        daemon(proxy::serve);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    int damaged() {
        return damaged.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), camera);
                daemon(() -> pass(client, server, Integer.MAX_VALUE));
                daemon(() -> pass(server, client, WHOLE_BYTES));
            } catch (IOException e) {
                // the listener is closed
            }
        }
    }

    private void pass(Socket from, Socket to, int whole) {
        byte[] bytes = new byte[BYTES_FOR_EACH_WRONG_BIT];
        long passed = 0;
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                passed += read;
                if (passed > whole && read > 0) {
                    bytes[random.nextInt(read)] ^= (byte) (1 << random.nextInt(8));
                    damaged.incrementAndGet();
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // one of them has left
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "damaging proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
