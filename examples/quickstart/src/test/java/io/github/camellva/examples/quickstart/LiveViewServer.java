package io.github.camellva.examples.quickstart;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;

/** The HTTP server of the live view, for this machine alone, on any port that is free. */
final class LiveViewServer {

    private LiveViewServer() {
    }

    static void configure(Main main, String route) {
        main.configure().setRoutesIncludePattern(main.configure().getRoutesIncludePattern() + "," + route);
        main.addOverrideProperty("camel.server.enabled", "true");
        main.addOverrideProperty("camel.server.host", "127.0.0.1");
        main.addOverrideProperty("camel.server.port", "0");
    }

    static String page(CamelContext context) {
        return "http://127.0.0.1:" + context.hasService(VertxPlatformHttpServer.class).getPort() + "/live/";
    }
}
