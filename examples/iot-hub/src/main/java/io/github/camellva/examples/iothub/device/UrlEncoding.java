package io.github.camellva.examples.iothub.device;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of UTF-8 as IoT Hub decodes it. */
final class UrlEncoding {

    private UrlEncoding() {
    }

    static String encode(String text) {
        // the JDK encodes for forms, where a space is a plus; in a topic a plus is a wildcard
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
