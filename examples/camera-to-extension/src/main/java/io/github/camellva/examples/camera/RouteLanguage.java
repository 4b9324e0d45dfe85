package io.github.camellva.examples.camera;

import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** What the route is written in; it is the same in both. */
public enum RouteLanguage {

    YAML("routes/camera.camel.yaml") {
        @Override
        void addRoute(CamelContext context) throws Exception {
            PluginHelper.getRoutesLoader(context).loadRoutes(
                    ResourceHelper.resolveMandatoryResource(context, "classpath:" + where()));
        }
    },
    JAVA(CameraRoute.class.getSimpleName()) {
        @Override
        void addRoute(CamelContext context) throws Exception {
            context.addRoutes(new CameraRoute());
        }
    };

    private final String where;

    RouteLanguage(String where) {
        this.where = where;
    }

    abstract void addRoute(CamelContext context) throws Exception;

    /** Where the route is to be read. */
    String where() {
        return where;
    }
}
