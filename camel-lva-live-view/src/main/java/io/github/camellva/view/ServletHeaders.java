package io.github.camellva.view;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;

/** Headers of answers where Camel's consumer is a servlet: it has a filter of its own, so the response is told directly. */
final class ServletHeaders {

    private static final String RESPONSE = "CamelHttpServletResponse";

    /** Applications need not have servlets. */
    private static final boolean HAS_SERVLETS
            = ObjectHelper.loadClass("jakarta.servlet.http.HttpServletResponse", ServletHeaders.class.getClassLoader()) != null;

    private ServletHeaders() {
    }

    /** Does nothing if the message did not come through a servlet. To be called before its headers are removed. */
    static void set(Message message, String name, String value) {
        if (HAS_SERVLETS) {
            HttpServletResponse response = response(message);
            if (response != null) {
                response.setHeader(name, value);
            }
        }
    }

    /** Spring Boot's consumer has it in a header, and those of Jetty and camel-servlet have a converter. */
    private static HttpServletResponse response(Message message) {
        HttpServletResponse response = message.getHeader(RESPONSE, HttpServletResponse.class);
        return response != null ? response : message.getExchange().getContext().getTypeConverter()
                .tryConvertTo(HttpServletResponse.class, message.getExchange(), message);
    }
}
