package io.github.camellva.examples.iothub.device;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the Azure portal shows for a device or a module, and the names that follow from it:
 * <code>HostName=...;DeviceId=...;ModuleId=...;SharedAccessKey=...;GatewayHostName=...</code>. No error shows the key.
 */
public final class ConnectionString {

    private static final String API_VERSION = "2021-04-12";
    private static final String ACCEPTED
            = "HostName=...;DeviceId=...;SharedAccessKey=... is accepted, with ModuleId=... for a module, GatewayHostName=..."
              + " for an edge hub, and x509=true in place of the key for a certificate";

    private final Map<String, String> parts = new HashMap<>();
    private final Optional<byte[]> key;

    private ConnectionString(String text) {
        for (String part : text.strip().split(";")) {
            // base64 may end with more of them
            int equals = part.indexOf('=');
            if (equals > 0 && equals < part.length() - 1
                    && parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("a part of the connection string is there twice: " + ACCEPTED);
            }
        }
        required("HostName");
        required("DeviceId");
        checkName("DeviceId");
        checkName("ModuleId");
        key = "true".equalsIgnoreCase(parts.get("x509")) ? Optional.empty() : Optional.of(decodedKey());
    }

    /** @throws IllegalArgumentException saying which part is missing or wrong */
    public static ConnectionString parse(String text) {
        return new ConnectionString(text);
    }

    /** Where to connect to: the edge hub if there is one, else the IoT hub itself. */
    public String host() {
        return parts.getOrDefault("GatewayHostName", hub());
    }

    public boolean isModule() {
        return parts.containsKey("ModuleId");
    }

    /** No two connections of a hub have the same; the later one ends the earlier. */
    public String clientId() {
        return parts.get("DeviceId") + (isModule() ? "/" + parts.get("ModuleId") : "");
    }

    String userName() {
        return hub() + "/" + clientId() + "/?api-version=" + API_VERSION;
    }

    /** What a token is signed for, encoded as it stands there. */
    String resource() {
        return encode(hub() + "/" + path());
    }

    /** Where messages with these properties go, which are encoded already. */
    String eventsTopic(String propertyBag) {
        return path() + "/messages/events/" + propertyBag;
    }

    /** Empty for a device that shows a certificate. */
    Optional<byte[]> key() {
        return key;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return clientId() + " at " + host();
    }

    /** Percent-encoding of UTF-8. The JDK encodes for forms, where a space is a plus; in a topic a plus is a wildcard. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String hub() {
        return parts.get("HostName");
    }

    private String path() {
        return "devices/" + clientId().replace("/", "/modules/");
    }

    private String required(String name) {
        if (parts.containsKey(name)) {
            return parts.get(name);
        }
        String hint = parts.containsKey("SharedAccessKeyName")
                ? "; this one is the hub's own, what is needed is that of a device or a module"
                : "";
        throw new IllegalArgumentException("the connection string has no " + name + hint + ": " + ACCEPTED);
    }

    private void checkName(String part) {
        if (!parts.getOrDefault(part, "-").matches("[^+#/]+")) {
            throw new IllegalArgumentException(
                    part + "=" + parts.get(part) + ": a name with +, # or / has another meaning in MQTT's topics");
        }
    }

    private byte[] decodedKey() {
        try {
            return Base64.getDecoder().decode(required("SharedAccessKey"));
        } catch (IllegalArgumentException e) {
            if (!parts.containsKey("SharedAccessKey")) {
                throw e;
            }
            // without its cause, which quotes a character of the key
            throw new IllegalArgumentException("the SharedAccessKey of the connection string is not base64; is it complete?");
        }
    }
}
