package io.github.camellva.view;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Viewers in a process of their own: {@code page seconds fast slow}. Prints how many frames the fast ones have got. A slow one reads a byte a
 * second.
 */
final class BenchmarkViewers {

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]+)\"");

    private final URI page;
    private final long end;
    private final AtomicLong frames = new AtomicLong();

    private BenchmarkViewers(URI page, int seconds) {
        this.page = page;
        this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    public static void main(String[] arguments) throws Exception {
        BenchmarkViewers viewers = new BenchmarkViewers(URI.create(arguments[0]), Integer.parseInt(arguments[1]));
        viewers.run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        System.out.println("frames " + viewers.frames.get());
        System.exit(0);
    }

    private void run(int fast, int slow) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(fast);
        for (int i = 0; i < slow; i++) {
            new Thread(this::readSlowly).start();
        }
        for (int i = 0; i < fast; i++) {
            new Thread(() -> {
                try {
                    watch();
                } catch (Exception e) {
                    System.out.println("a viewer failed: " + e);
                } finally {
                    done.countDown();
                }
            }).start();
        }
        done.await();
    }

    private void watch() throws Exception {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Map<String, Long> seen = new HashMap<>();
        String list = http.send(HttpRequest.newBuilder(page.resolve("cameras")).build(), HttpResponse.BodyHandlers.ofString()).body();
        ID.matcher(list).results().forEach(camera -> seen.put(camera.group(1), 0L));
        while (System.nanoTime() < end) {
            StringBuilder query = new StringBuilder("frames?seen=");
            seen.forEach((id, number) -> query.append(id).append('-').append(number).append('.'));
            long asked = System.nanoTime();
            byte[] body = http.send(
                    HttpRequest.newBuilder(page.resolve(query.toString())).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
            for (ByteBuffer rest = ByteBuffer.wrap(body); rest.hasRemaining();) {
                JsonNode frame = new ObjectMapper().readTree(part(rest));
                part(rest);
                seen.put(frame.path("camera").asText(), frame.path("number").asLong());
                frames.incrementAndGet();
            }
            if (body.length == 0 && System.nanoTime() - asked < TimeUnit.SECONDS.toNanos(2)) {
                // as the page does
                TimeUnit.MILLISECONDS.sleep(60);
            }
        }
    }

    private void readSlowly() {
        try (Socket socket = new Socket(page.getHost(), page.getPort())) {
            socket.setReceiveBufferSize(1024);
            String ids = new String(page.resolve("cameras").toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
            String seen = String.join("-0.", ID.matcher(ids).results().map(id -> id.group(1)).toList()) + "-0";
            socket.getOutputStream().write(
                    ("GET " + page.getPath() + "frames?seen=" + seen + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            while (System.nanoTime() < end && in.read() >= 0) {
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (Exception e) {
            System.out.println("a slow viewer failed: " + e);
        }
    }

    private static byte[] part(ByteBuffer rest) {
        byte[] part = new byte[rest.getInt()];
        rest.get(part);
        return part;
    }
}
