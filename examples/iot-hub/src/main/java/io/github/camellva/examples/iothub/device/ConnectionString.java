package io.github.camellva.examples.iothub.device;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the Azure portal shows for a device or a module:
 * <code>HostName=...;DeviceId=...;ModuleId=...;SharedAccessKey=...;GatewayHostName=...</code>. No error shows any of its values
 * but the names of hosts and devices.
 */
public final class ConnectionString {

    private static final String HOST = "HostName";
    private static final String DEVICE = "DeviceId";
    private static final String MODULE = "ModuleId";
    private static final String KEY = "SharedAccessKey";
    private static final String X509 = "x509";
    private static final String GATEWAY = "GatewayHostName";
    private static final String ACCEPTED
            = "HostName=...;DeviceId=...;SharedAccessKey=... is accepted, with ModuleId=... for a module, GatewayHostName=..."
              + " for an edge hub, and x509=true in place of the key for a certificate";

    private final HubIdentity identity;
    private final Optional<String> gatewayHost;
    private final Optional<byte[]> key;

    private ConnectionString(HubIdentity identity, Optional<String> gatewayHost, Optional<byte[]> key) {
        this.identity = identity;
        this.gatewayHost = gatewayHost;
        this.key = key;
    }

    /** @throws IllegalArgumentException saying which part is missing or wrong */
    public static ConnectionString parse(String text) {
        Map<String, String> parts = parts(text);
        HubIdentity identity = new HubIdentity(
                required(parts, HOST), name(DEVICE, required(parts, DEVICE)),
                Optional.ofNullable(parts.get(MODULE)).map(module -> name(MODULE, module)));
        return new ConnectionString(identity, Optional.ofNullable(parts.get(GATEWAY)), key(parts));
    }

    public HubIdentity identity() {
        return identity;
    }

    /** Where to connect to: the edge hub if there is one, else the IoT hub itself. */
    public String host() {
        return gatewayHost.orElse(identity.hubHost());
    }

    /** Empty for a device that shows a certificate. */
    Optional<byte[]> key() {
        return key;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return identity + " at " + host();
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new HashMap<>();
        for (String part : text.strip().split(";")) {
            // base64 may end with more of them
            int equals = part.indexOf('=');
            if (equals > 0 && equals < part.length() - 1
                    && parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("a part of the connection string is there twice: " + ACCEPTED);
            }
        }
        return parts;
    }

    private static String required(Map<String, String> parts, String name) {
        String value = parts.get(name);
        if (value != null) {
            return value;
        }
        String hint = parts.containsKey("SharedAccessKeyName")
                ? "; this one is the hub's own, what is needed is that of a device or a module"
                : "";
        throw new IllegalArgumentException("the connection string has no " + name + hint + ": " + ACCEPTED);
    }

    /** Of a device or module: they are levels of a topic. */
    private static String name(String part, String name) {
        if (name.matches("[^+#/]+")) {
            return name;
        }
        throw new IllegalArgumentException(
                part + "=" + name + ": a name with +, # or / cannot be used with MQTT, in whose topics these have a meaning");
    }

    private static Optional<byte[]> key(Map<String, String> parts) {
        if ("true".equalsIgnoreCase(parts.get(X509))) {
            return Optional.empty();
        }
        String key = required(parts, KEY);
        try {
            return Optional.of(Base64.getDecoder().decode(key));
        } catch (IllegalArgumentException e) {
            // without its cause, which quotes a character of the key
            throw new IllegalArgumentException("the SharedAccessKey of the connection string is not base64; is it complete?");
        }
    }
}
