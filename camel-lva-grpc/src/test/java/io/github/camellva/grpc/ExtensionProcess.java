package io.github.camellva.grpc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** An extension in a JVM of its own, which can be killed. */
final class ExtensionProcess implements AutoCloseable {

    private static final String READY = "extension is ready";

    private final Process process;

    private ExtensionProcess(Process process) {
        this.process = process;
    }

    /** Returns when it listens. */
    static ExtensionProcess start(int port) throws IOException {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                // it lives for seconds
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), ExtensionProcess.class.getName(), String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(READY)) {
                return new ExtensionProcess(process);
            }
        }
        throw new IOException("the extension did not start");
    }

    /** SIGKILL: nothing is answered, nothing is cleaned up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the extension does not die");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("lvagrpc:127.0.0.1:" + args[0] + "?maxInFlight=32").process(exchange -> {
                        byte[] frame = exchange.getMessage().getBody(byte[].class);
                        exchange.getMessage().setBody(Messages.entity("first byte " + frame[0]));
                    });
                }
            });
            context.start();
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }
}
