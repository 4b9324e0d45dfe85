package io.github.camellva.view;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Viewers in a process of their own: {@code page seconds fast slow}. They ask as the page does, over one connection each, and look at no
 * more of an answer than they need to ask again. Prints the frames of each fast one and the processor time of all. A slow one reads a byte
 * a second.
 */
final class BenchmarkViewers {

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]+)\"");
    private static final Pattern FRAME = Pattern.compile("\\{\"camera\":\"([0-9a-f]+)\",\"number\":(\\d+)");
    private static final int LONGEST_BEGINNING = 80;

    private final URI page;
    private final long end;

    private BenchmarkViewers(URI page, int seconds) {
        this.page = page;
        this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    public static void main(String[] arguments) throws Exception {
        BenchmarkViewers viewers = new BenchmarkViewers(URI.create(arguments[0]), Integer.parseInt(arguments[1]));
        viewers.run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        System.exit(0);
    }

    private void run(int fast, int slow) throws Exception {
        String list = new String(page.resolve("cameras").toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> cameras = ID.matcher(list).results().map(camera -> camera.group(1)).toList();
        List<CompletableFuture<long[]>> watching = IntStream.range(0, fast)
                .mapToObj(i -> inThread(() -> watch(cameras))).collect(Collectors.toCollection(ArrayList::new));
        IntStream.range(0, slow).forEach(i -> inThread(() -> readSlowly(cameras)));
        LongStream.Builder frames = LongStream.builder();
        long requests = 0;
        for (CompletableFuture<long[]> viewer : watching) {
            frames.add(viewer.get()[0]);
            requests += viewer.get()[1];
        }
        System.out.println("frames " + frames.build().mapToObj(Long::toString).collect(Collectors.joining(" ")));
        System.out.println("requests " + requests);
        System.out.println("processor-millis " + ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis());
    }

    @FunctionalInterface
    private interface Viewer {
        long[] watch() throws Exception;
    }

    private static CompletableFuture<long[]> inThread(Viewer viewer) {
        CompletableFuture<long[]> result = new CompletableFuture<>();
        new Thread(() -> {
            try {
                result.complete(viewer.watch());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }).start();
        return result;
    }

    /** How many frames came, and after how many requests. */
    private long[] watch(List<String> cameras) throws Exception {
        Map<String, Long> seen = new LinkedHashMap<>();
        cameras.forEach(camera -> seen.put(camera, 0L));
        long frames = 0;
        long requests = 0;
        try (Socket socket = connect()) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            while (System.nanoTime() < end) {
                long asked = System.nanoTime();
                ask(socket, seen);
                requests++;
                Map<String, String> headers = headers(in);
                if (!headers.get("").contains(" 200 ")) {
                    throw new IOException(headers.get(""));
                }
                ByteBuffer body = ByteBuffer.wrap(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
                while (body.hasRemaining()) {
                    int description = body.getInt();
                    Matcher frame = FRAME.matcher(new String(body.array(), body.position(), LONGEST_BEGINNING, StandardCharsets.ISO_8859_1));
                    if (!frame.lookingAt()) {
                        throw new IOException("no frame");
                    }
                    seen.put(frame.group(1), Long.valueOf(frame.group(2)));
                    body.position(body.position() + description);
                    body.position(body.position() + Integer.BYTES + body.getInt(body.position()));
                    frames++;
                }
                long interval = Long.parseLong(headers.getOrDefault("lva-view-interval", "0"));
                TimeUnit.NANOSECONDS.sleep(TimeUnit.MILLISECONDS.toNanos(interval) - (System.nanoTime() - asked));
            }
        }
        return new long[] { frames, requests };
    }

    private long[] readSlowly(List<String> cameras) throws Exception {
        Map<String, Long> seen = new LinkedHashMap<>();
        cameras.forEach(camera -> seen.put(camera, 0L));
        try (Socket socket = connect()) {
            ask(socket, seen);
            InputStream in = socket.getInputStream();
            while (System.nanoTime() < end && in.read() >= 0) {
                TimeUnit.SECONDS.sleep(1);
            }
        }
        return new long[0];
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(page.getHost(), page.getPort()));
        return socket;
    }

    private void ask(Socket socket, Map<String, Long> seen) throws IOException {
        String query = seen.entrySet().stream().map(camera -> camera.getKey() + "-" + camera.getValue()).collect(Collectors.joining("."));
        OutputStream out = socket.getOutputStream();
        out.write(("GET " + page.getPath() + "frames?seen=" + query + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The status line is that without a name. */
    private static Map<String, String> headers(DataInputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("", line(in));
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.put(line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT), line.substring(line.indexOf(':') + 1).strip());
        }
        return headers;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = in.readUnsignedByte(); character != '\n'; character = in.readUnsignedByte()) {
            line.append((char) character);
        }
        return line.toString().strip();
    }
}
