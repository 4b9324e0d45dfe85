package io.github.camellva.view;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A view behind other HTTP servers, which hold no thread for a request that waits. */
@Timeout(60)
class OtherServersIT {

    private static final String VIEW = "lvaview:other?show=received&maxWaiting=100";

    private final HttpClient http = HttpClient.newHttpClient();
    private Application application;
    private URI page;

    private void start(String server) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        application = Application.start("show=received", exchange -> exchange.getMessage().setBody(Findings.ofEveryKind()));
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(server + ":http://127.0.0.1:" + port + "/live?matchOnUriPrefix=true").to(VIEW);
            }
        });
        page = URI.create("http://127.0.0.1:" + port + "/live/");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void theyServeThePageTheListAndFrames(String server) throws Exception {
        start(server);
        application.camera("gate", "encoding=JPG", 10, index -> TestCamera.jpg());
        assertThat(get("").body()).startsWith("<!DOCTYPE html>");
        assertThat(get("style.css").headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
        assertThat(get("").headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(get("").headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(get("nothing").statusCode()).isEqualTo(404);
        HttpResponse<String> redirect = http.send(
                HttpRequest.newBuilder(URI.create(page.toString().replaceFirst("/$", ""))).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).hasValue("live/");
        String id = id();
        await().until(() -> get("frames?seen=" + id + "-0").body().contains("\"camera\":\"" + id));
    }

    @ParameterizedTest
    @ValueSource(strings = { "netty-http", "jetty" })
    void manyMayWaitAndNoThreadDoes(String server) throws Exception {
        start(server);
        application.camera("gate", "encoding=JPG", 10, TestCamera::onlyOne);
        String id = id();
        // that frame would be shown to whoever asks before it is answered
        await().until(() -> get("cameras").body().contains("\"answered\":1,"));
        List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, 60).mapToObj(i -> http.sendAsync(
                HttpRequest.newBuilder(page.resolve("frames?seen=" + id + "-0")).build(), HttpResponse.BodyHandlers.ofString())).toList();
        LiveView view = application.context().getEndpoint(VIEW, LvaViewEndpoint.class).view();
        await().until(() -> view.waiting() == 60);
        assertThat(Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream).map(StackTraceElement::getClassName))
                .doesNotContain(LvaViewProducer.class.getName(), "org.apache.camel.impl.engine.DefaultAsyncProcessorAwaitManager");
        application.camera("gate", "encoding=JPG", 10, index -> TestCamera.jpg());
        for (CompletableFuture<HttpResponse<String>> answer : waiting) {
            assertThat(answer.get(20, TimeUnit.SECONDS).body()).contains("\"camera\":\"" + id);
        }
    }

    private String id() {
        return await().until(() -> get("cameras").body(), list -> list.contains("\"id\"")).replaceFirst(".*?\"id\":\"([0-9a-f]+)\".*", "$1");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(page.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
