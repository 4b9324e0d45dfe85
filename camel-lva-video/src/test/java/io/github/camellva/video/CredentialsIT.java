package io.github.camellva.video;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Looks for a password and for a token wherever people and programs look at a route. */
@Timeout(60)
class CredentialsIT {

    private static final String SECRET = "hush4711";

    private HttpServer server;
    private String refusing;
    private String nobody;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + unused.getLocalPort();
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> exchange.close()).setAuthenticator(new BasicAuthenticator("camera") {
            @Override
            public boolean checkCredentials(String username, String password) {
                return false;
            }
        });
        server.start();
        refusing = "127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "rtsp://NOBODY/x?username=admin&password=RAW(p@ss:hush4711/&x)",
            "rtsp://NOBODY/x?username=admin&password=RAW{p@ss)hush4711}",
            "rtsp://NOBODY/x?username=hush4711&password=p",
            "rtsp://admin:hush4711@NOBODY/x",
            "rtsp://admin:p@ss:hush4711@NOBODY/x?transport=udp",
            "rtsp://NOBODY/x?query=RAW(channel=1&token=hush4711)",
            "http://admin:hush4711@NOBODY/video",
            "http://REFUSING/video?username=admin&password=RAW(hush4711)",
            "http://admin:hush4711@REFUSING/video",
            "http://REFUSING/video?query=token=hush4711" })
    void nobodySeesWhatOpensACamera(String source) throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + addressed(source))) {
            watched.awaitState("waiting to reconnect");
            assertThat(watched.consumer().getLastError()).isNotEmpty();
            assertThat(everythingSeenOf(watched)).hasSizeGreaterThan(50).allSatisfy(seen -> assertThat(seen).doesNotContain(SECRET));
        }
        assertThat(log()).contains("tried again").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
            "rtsp://admin:hush4711@NOBODY/x?format=PNG, format 'PNG' is unknown",
            "rtsp://admin:hush4711@NOBODY/x?fromat=JPG, Unknown parameters",
            "rtsp://NOBODY/x?password=RAW(hush4711), password is set and username is not",
            "rtsp://NOBODY/x?password=RAW(hush4711)&username=admin&maxFrames=many, many",
            "ftp://admin:hush4711@NOBODY/x, 'ftp://' is not opened",
            "street.mp4?username=admin&password=RAW(hush4711), belong to rtsp:// and http:// addresses" })
    void errorsShowNoPassword(String source, String message) throws Exception {
        Throwable thrown = catchThrowable(() -> Watched.start("lvavideo:" + addressed(source)).close());
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains(message).doesNotContain(SECRET);
        assertThat(log()).doesNotContain(SECRET);
    }

    private String addressed(String source) {
        return source.replace("NOBODY", nobody).replace("REFUSING", refusing);
    }

    private static List<String> everythingSeenOf(Watched watched) throws Exception {
        List<String> seen = new ArrayList<>(attributes(watched.context().getName()));
        LvaVideoDevConsole console = new LvaVideoDevConsole();
        console.setCamelContext(watched.context());
        seen.add(console.doCallText(Map.of()));
        seen.add(console.doCallJson(Map.of()).toString());
        HealthCheck.Result health = watched.health();
        seen.add(List.of(health.getMessage(), health.getDetails(), health.getError()).toString());
        for (Endpoint endpoint : watched.context().getEndpoints()) {
            seen.add(endpoint.getEndpointUri() + endpoint.getEndpointKey() + endpoint);
        }
        seen.add(watched.consumer() + watched.consumer().getSource() + watched.consumer().getEndpoint().getServiceUrl());
        seen.add(watched.context().getRoute(Watched.ROUTE).toString());
        Thread.getAllStackTraces().keySet().forEach(thread -> seen.add(thread.getName()));
        return seen;
    }

    private static List<String> attributes(String context) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        List<String> seen = new ArrayList<>();
        for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:context=" + context + ",*"), null)) {
            seen.add(name.toString());
            for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                seen.add(name + " " + attribute.getName() + " " + value(beans, name, attribute));
            }
        }
        return seen;
    }

    private static String value(MBeanServer beans, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            return String.valueOf(beans.getAttribute(name, attribute.getName()));
        } catch (JMException | RuntimeException e) {
            return e.toString();
        }
    }

    private static String log() throws IOException {
        return Files.readString(Path.of("target/test.log"));
    }
}
