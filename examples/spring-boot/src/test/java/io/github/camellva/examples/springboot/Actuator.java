package io.github.camellva.examples.springboot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

/** What the application says of itself to those who operate it, over HTTP. */
final class Actuator {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;

    Actuator(String url) {
        this.url = url;
    }

    String url() {
        return url;
    }

    /** Of the route, with details. */
    RouteHealth health() throws IOException, InterruptedException {
        return RouteHealth.of(new ObjectMapper().readTree(get("health").body()), ExtensionRoute.ID);
    }

    /** Whether frames may be sent. */
    boolean isReady() throws IOException, InterruptedException {
        return get("health/readiness").statusCode() == 200;
    }

    /** Those of the component. */
    List<Metric> metrics() throws IOException, InterruptedException {
        return get("prometheus").body().lines().filter(line -> line.startsWith("camel_lvagrpc_")).map(Metric::parse).toList();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/" + path)).timeout(TIMEOUT).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
