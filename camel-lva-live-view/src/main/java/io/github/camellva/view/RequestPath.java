package io.github.camellva.view;

import java.util.Optional;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.util.StringHelper;

/**
 * What a request asks for. HTTP consumers differ in what they tell of it; the request's URI is the same with all of them.
 *
 * @param name      after the path of the route; empty for the page itself
 * @param directory the last name in the route's path, if the request is for that path without a slash at its end
 */
record RequestPath(String name, Optional<String> directory) {

    /** Empty if the request is for something else. */
    static Optional<RequestPath> of(Exchange exchange) {
        String uri = exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
        return of(StringHelper.before(uri, "?", uri), mount(exchange.getFromEndpoint()));
    }

    /** @param mount path of the route, without a slash at its end */
    static Optional<RequestPath> of(String path, String mount) {
        if (!mount.isEmpty() && path.endsWith(mount)) {
            return Optional.of(new RequestPath("", Optional.of(mount.substring(mount.lastIndexOf('/') + 1))));
        }
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (slash < 0 || !path.substring(0, slash).endsWith(mount) || !name.chars().allMatch(RequestPath::isOfName)) {
            return Optional.empty();
        }
        return Optional.of(new RequestPath(name, Optional.empty()));
    }

    /** The page's files have no other characters in their names. */
    private static boolean isOfName(int character) {
        return character >= 'a' && character <= 'z' || character == '.';
    }

    /** Of a URI such as {@code platform-http:///live?option=value} or {@code jetty:http://host:port/live}. */
    private static String mount(Endpoint from) {
        String uri = from == null ? "" : StringHelper.before(from.getEndpointUri(), "?", from.getEndpointUri());
        int host = uri.indexOf("//") + 2;
        int path = host < 2 ? -1 : uri.indexOf('/', host);
        String mount = path < 0 ? "" : uri.substring(path);
        return mount.endsWith("/") ? mount.substring(0, mount.length() - 1) : mount;
    }
}
