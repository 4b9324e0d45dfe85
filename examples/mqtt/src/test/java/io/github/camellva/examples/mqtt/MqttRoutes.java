package io.github.camellva.examples.mqtt;

import io.github.camellva.examples.rig.RunningRoutes;

/** Starts the YAML routes of one kind of delivery, on a port of this machine that is free. */
final class MqttRoutes {

    static final String EXTENSION = "extension";

    /** Frames that are in the route are done sooner, or wait for a broker that is down. */
    private static final int STOP_SECONDS = 10;

    private MqttRoutes() {
    }

    /** @param beans observe the routes, or change them; Camel finds them in its registry */
    static RunningRoutes start(Delivery delivery, String broker, Object... beans) throws Exception {
        return RunningRoutes.start(main -> {
            main.configure().withRoutesIncludePattern("classpath:" + delivery.routes());
            main.configure().setShutdownTimeout(STOP_SECONDS);
            main.addOverrideProperty("broker", broker);
            main.addOverrideProperty("extension.host", "127.0.0.1");
            main.addOverrideProperty("extension.port", "0");
            for (Object bean : beans) {
                main.bind(bean.getClass().getSimpleName(), bean);
            }
        });
    }
}
