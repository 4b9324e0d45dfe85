package io.github.camellva.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

/** Any bytes on a connection; beside it a good session is served all the time, and nothing is left of the others. */
class ServerFuzzIT {

    /** Fuzzing is what a machine does when it has nothing else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int CONNECTIONS_BETWEEN_CHECKS = 256;

    private static DefaultCamelContext context;
    private static LvaGrpcConsumer server;
    private static RawNode good;
    private static int connections;

    @BeforeAll
    static void start() throws Exception {
        context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(LvaGrpcTestSupport.EXTENSION).routeId("route")
                        .process(exchange -> exchange.getMessage().setBody(entity("found")));
            }
        });
        context.start();
        server = (LvaGrpcConsumer) context.getRoute("route").getConsumer();
        good = RawNode.connect(server.getPort()).open(rawDescriptor());
    }

    @AfterAll
    static void stop() {
        assertUnharmed();
        good.close();
        context.stop();
    }

    @FuzzTest
    void theServerEndsTheConnectionAndServesOthers(byte[] bytes) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            // not into the state TIME_WAIT, of which there is room for some 28,000 only
            socket.setSoLinger(true, 0);
            send(bytes, socket);
            awaitEnd(socket.getInputStream());
        }
        if (connections++ % CONNECTIONS_BETWEEN_CHECKS == 0) {
            assertUnharmed();
        }
    }

    private static void send(byte[] bytes, Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            // the server has had enough
        }
    }

    private static void awaitEnd(InputStream answer) {
        try {
            answer.transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            fail("the server keeps a connection whose peer has closed its end", e);
        } catch (IOException e) {
            // reset
        }
    }

    private static void assertUnharmed() {
        good.send(embedded(1, pixels(FRAME_BYTES, 1)));
        await().atMost(PATIENCE).until(() -> good.pending() > 0);
        assertThat(tags(good.receive())).containsExactly("found");
        await().atMost(PATIENCE).until(() -> server.getOpenSessions() == 1);
    }
}
