package io.github.camellva.view;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/**
 * What a request asks for. HTTP consumers differ in what they tell of it; the request's URI is the same with all of them.
 *
 * @param name      after the path of the route; empty for the page itself
 * @param directory the last name in the route's path, if the request is for that path without a slash at its end
 */
record RequestPath(String name, Optional<String> directory) {

    private static final Pattern FILE = Pattern.compile("(.*)/([a-z]+(?:\\.[a-z]+)?)?");
    private static final Pattern PATH_OF_ENDPOINT = Pattern.compile("[^?]*?//[^/?]*(/[^?]*)?.*");

    /** Empty if the request is for something else. */
    static Optional<RequestPath> of(Exchange exchange) {
        String uri = exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
        String path = uri.replaceFirst("[?#].*", "");
        return of(path, mount(exchange.getFromEndpoint()));
    }

    /** @param mount path of the route, without a slash at its end */
    static Optional<RequestPath> of(String path, String mount) {
        if (!mount.isEmpty() && path.endsWith(mount)) {
            return Optional.of(new RequestPath("", Optional.of(mount.substring(mount.lastIndexOf('/') + 1))));
        }
        Matcher file = FILE.matcher(path);
        if (!file.matches() || !file.group(1).endsWith(mount)) {
            return Optional.empty();
        }
        return Optional.of(new RequestPath(file.group(2) == null ? "" : file.group(2), Optional.empty()));
    }

    private static String mount(Endpoint from) {
        Matcher uri = PATH_OF_ENDPOINT.matcher(from == null ? "" : from.getEndpointUri());
        return uri.matches() && uri.group(1) != null ? uri.group(1).replaceFirst("/+$", "") : "";
    }
}
