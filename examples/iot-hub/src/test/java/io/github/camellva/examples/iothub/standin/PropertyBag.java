package io.github.camellva.examples.iothub.standin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the last level of a topic, which holds the properties of a message. */
final class PropertyBag {

    private static final Set<String> SYSTEM_PROPERTIES = Set.of("$.ct", "$.ce", "$.mid", "$.cid", "$.uid", "$.on", "$.exp");

    private PropertyBag() {
    }

    static Map<String, String> read(String bag) throws RefusedException {
        Map<String, String> properties = new LinkedHashMap<>();
        if (!bag.isEmpty()) {
            for (String property : bag.split("&", -1)) {
                read(property, properties);
            }
        }
        return properties;
    }

    private static void read(String property, Map<String, String> properties) throws RefusedException {
        String[] nameAndValue = property.split("=", -1);
        if (nameAndValue.length != 2 || nameAndValue[0].isEmpty()) {
            throw new RefusedException("a property that is not name=value: " + property);
        }
        String name = decode(nameAndValue[0]);
        if (name.startsWith("$.") && !SYSTEM_PROPERTIES.contains(name)) {
            throw new RefusedException("an unknown system property: " + name);
        }
        if (properties.put(name, decode(nameAndValue[1])) != null) {
            throw new RefusedException("a property that is there twice: " + name);
        }
    }

    private static String decode(String encoded) throws RefusedException {
        if (!encoded.matches("(?:[A-Za-z0-9$._~*!'(),:;@-]|%[0-9A-Fa-f]{2})*")) {
            throw new RefusedException("a property that is not percent-encoded: " + encoded);
        }
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
