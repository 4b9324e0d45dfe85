package io.github.camellva.examples.iothub.device;

import java.util.Optional;

/**
 * A device, or a module of one, as its hub knows it.
 *
 * @param hubHost of the IoT hub, also where the connection goes to an edge hub
 */
public record HubIdentity(String hubHost, String deviceId, Optional<String> moduleId) {

    private static final String API_VERSION = "2021-04-12";

    /** No two connections of a hub have the same; the later one ends the earlier. */
    public String clientId() {
        return deviceId + moduleId.map(module -> "/" + module).orElse("");
    }

    public String userName() {
        return hubHost + "/" + clientId() + "/?api-version=" + API_VERSION;
    }

    /** What a token is signed for, encoded as it stands there. */
    String resource() {
        return UrlEncoding.encode(hubHost + "/" + path());
    }

    /** Where messages go that have these properties, which are encoded already. */
    String eventsTopic(String propertyBag) {
        return path() + "/messages/events/" + propertyBag;
    }

    private String path() {
        return "devices/" + deviceId + moduleId.map(module -> "/modules/" + module).orElse("");
    }

    @Override
    public String toString() {
        return clientId();
    }
}
